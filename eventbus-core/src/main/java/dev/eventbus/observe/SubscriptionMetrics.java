/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.observe;

/**
 * Counters of one subscription since it was opened.
 *
 * <p>Read one after the other while the bus goes on, so sums may be off by what happens meanwhile. Immutable.
 *
 * @param handled deliveries that were handled
 * @param failedAttempts attempts that failed
 * @param retries attempts that were not the first of their round
 * @param deadLettered deliveries given up
 * @param propagated deliveries given up whose failure was thrown to the publisher
 * @param cancelled deliveries that met a closed subscription
 * @param returned deliveries cut off by a shutdown
 * @param dropped deliveries that an overflow policy chose to drop
 * @param duplicates deliveries whose idempotency key had been handled before
 * @param expired deliveries whose time to live was over before the first attempt
 * @param filtered events that a filter left out; these are no deliveries
 * @param timedOut attempts that took longer than the timeout
 * @param abandoned handlers that run on after their timeout, now
 * @param inFlight deliveries accepted and without outcome, now; 0 for a synchronous subscription
 * @since 0.1
 */
public record SubscriptionMetrics(long handled, long failedAttempts, long retries, long deadLettered, long propagated,
        long cancelled, long returned, long dropped, long duplicates, long expired, long filtered, long timedOut,
        int abandoned,
        int inFlight) {
    /**
     * Adds up the deliveries that have ended.
     *
     * @return deliveries and rounds with a final outcome
     */
    public long settled() {
        return handled + deadLettered + propagated + cancelled + returned + dropped + duplicates + expired;
    }
}
