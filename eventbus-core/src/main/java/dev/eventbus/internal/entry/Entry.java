/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.entry;

import dev.eventbus.internal.idempotency.Claim;
import org.jspecify.annotations.Nullable;

/** What the entry decides about a delivery. */
public sealed interface Entry {
    /** It has its outcome, and the handler is not called. */
    record Over() implements Entry {
        static final Over INSTANCE = new Over();
    }

    /**
     * The handler may be called.
     *
     * @param claim what must be ended after the attempt, or null
     */
    record Enter(@Nullable Claim claim) implements Entry {
        static final Enter FREE = new Enter(null);
    }

    /**
     * It waits, and asks again.
     *
     * @param nanos after how long, or {@link #UNTIL_TOLD}
     * @param forRoom whether for room in its sequence, which a redrive of that sequence makes
     */
    record Wait(long nanos, boolean forRoom) implements Entry {
        /** Until the runnable that was given is run. */
        public static final long UNTIL_TOLD = Long.MAX_VALUE;
    }

    /**
     * It could not be decided: an attempt that has failed.
     *
     * @param failure what the idempotency store threw
     */
    record Broken(Throwable failure) implements Entry {}
}
