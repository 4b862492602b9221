/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.subscribe;

import dev.eventbus.internal.check.Checks;

/**
 * Which threads deliver, and in what order.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface Dispatch {
    /**
     * Delivers in the publisher's thread.
     *
     * <p>All handlers have run when the outermost {@code publish} returns. A publish inside a handler waits until the
     * current event has reached all its handlers (breadth first). There is no lock: threads that publish at the same
     * time call handlers at the same time. Retries wait in the publisher's thread.
     *
     * @return the dispatcher, with at most 8,192 events waiting per publishing thread
     */
    static Synchronous synchronous() {
        return new Synchronous(8_192);
    }

    /**
     * Delivers in the publisher's thread.
     *
     * @param pendingLimit most events that handlers of one outermost publish may have published and that wait
     */
    record Synchronous(int pendingLimit) implements Dispatch {
        /** Creates a dispatch. */
        public Synchronous {
            Checks.atLeast(pendingLimit, 1, "pendingLimit");
        }

        /**
         * Bounds the events that wait inside one outermost publish; beyond it a publish is rejected.
         *
         * @param value at least 1; 8,192 unless set
         * @return a dispatch with it
         */
        public Synchronous pendingLimit(int value) {
            return new Synchronous(value);
        }
    }
}
