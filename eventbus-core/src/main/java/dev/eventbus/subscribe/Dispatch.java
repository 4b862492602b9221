/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.subscribe;

/**
 * Which threads deliver.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface Dispatch {
    /**
     * Delivers on virtual threads, in the order that the subscription's {@link Ordering} says.
     *
     * <p>Publishing is over when every subscription has given the event a place. A subscription owns no thread while it
     * is idle.
     *
     * @return the dispatch
     */
    static Dispatch virtualThreads() {
        return new VirtualThreads();
    }

    /**
     * Delivers in the publisher's thread.
     *
     * <p>All handlers have run when the outermost {@code publish} returns. A publish inside a handler waits until the
     * current event has reached all its synchronous handlers (breadth first). There is no lock: threads that publish at
     * the same time call handlers at the same time. Retries wait in the publisher's thread.
     *
     * @return the dispatch
     */
    static Dispatch synchronous() {
        return new Synchronous();
    }

    /** On virtual threads; Immutable. */
    record VirtualThreads() implements Dispatch {}

    /** In the publisher's thread. Immutable. */
    record Synchronous() implements Dispatch {}
}
