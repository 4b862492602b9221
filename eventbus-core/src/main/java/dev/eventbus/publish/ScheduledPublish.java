/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * One publish that was scheduled: takes it back, or tells what became of it.
 *
 * <p>It waits until it is published, cancelled, or withdrawn by a shutdown; one compare-and-set decides which, for ever.
 * Keeps no payload once that is decided, but for a withdrawn one. Its text names type and moment. Thread-safe.
 *
 * @since 0.1
 */
public interface ScheduledPublish {
    /**
     * Takes it back, unless its publish has begun.
     *
     * @return true for exactly one call, and then it will not be published; false if it was published, cancelled or
     *     withdrawn before
     */
    boolean cancel();

    /**
     * Tells whether it was taken back, by {@link #cancel()} or by a shutdown.
     *
     * @return true if it will not be published
     */
    boolean isCancelled();

    /**
     * Tells whether all is over.
     *
     * @return true once it was accepted, rejected or taken back; its deliveries may be open
     */
    boolean isDone();

    /**
     * Returns when it is due, by the wall clock as it was at the call.
     *
     * @return the moment that was asked for, or that of the call and the delay
     */
    Instant due();

    /**
     * Names the type of the event.
     *
     * @return the type's name
     */
    String type();

    /**
     * Returns the end of it: what {@code publish} would have returned or thrown, or a
     * {@link java.util.concurrent.CancellationException} if it was taken back.
     *
     * <p>As with every stage, a dependent action gets a failure as the cause of a
     * {@link java.util.concurrent.CompletionException}. It runs in the thread that ends the wait, or at once; it should be
     * short, since other scheduled publishes or the shutdown wait for it, and what it throws concerns itself alone.
     *
     * @return always the same; cannot be completed from outside
     */
    CompletionStage<Receipt> completion();
}
