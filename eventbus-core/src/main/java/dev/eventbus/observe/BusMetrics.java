/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.observe;

import java.util.Map;

/**
 * Counters of a bus since it was built.
 *
 * <p>Read one after the other while the bus goes on, so sums may be off by what happens meanwhile. Immutable.
 *
 * @param published events accepted
 * @param rejected events refused
 * @param unmatched events that no subscription matched, accepted or rejected for it
 * @param deadLetters dead letters in the store now
 * @param parkedSequences sequences of dead letters now, of each of which further events are parked
 * @param lastResorts dead letters that the store could not take
 * @param discardedLetters dead letters that were discarded
 * @param expiredLetters dead letters that were kept as long as the bus wants to
 * @param observerFailures times that an observer threw
 * @param scheduled publishes that wait for their moments now
 * @param subscriptions counters of the open subscriptions by name, in the order in which they subscribed
 * @since 0.1
 */
public record BusMetrics(long published, long rejected, long unmatched, int deadLetters, int parkedSequences,
        long lastResorts, long discardedLetters, long expiredLetters, long observerFailures, int scheduled,
        Map<String, SubscriptionMetrics> subscriptions) {}
