/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import dev.eventbus.observe.BusMetrics;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.Signal;
import dev.eventbus.observe.SubscriptionMetrics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Counts signals, and compares their sums with the metrics. Confined to one simulation. */
final class Accounts implements BusObserver {
    private final Breaches breaches;
    private final Map<String, Long> sums = new HashMap<>();
    private final Set<String> settled = new HashSet<>();
    private long opened;

    Accounts(Breaches breaches) {
        this.breaches = breaches;
    }

    @Override
    public void onSignal(Signal signal) {
        switch (signal) {
            case Signal.Published published -> {
                add("published");
                opened += published.deliveries();
            }
            case Signal.Settled end -> {
                add(end.subscription() + " " + end.outcome());
                settled.add(end.subscription() + ((Told) end.event().payload()).number());
                if (end instanceof Signal.DeadLettered dead && !dead.kept()) {
                    add("last resort");
                }
            }
            case Signal.AttemptFailed failed -> add(failed.subscription() + " failed");
            case Signal.TimedOut late -> add(late.subscription() + " timed out");
            case Signal.LetterDiscarded discarded -> add("discarded");
            case Signal.LetterExpired expired -> add("expired");
            case Signal.Rejected rejected -> add("rejected");
            default -> {
                // Not counted by metrics.
            }
        }
    }

    private void add(String what) {
        sums.merge(what, 1L, Long::sum);
    }

    /** Counts the deliveries whose first round has not ended. */
    long open() {
        return opened - settled.size();
    }

    void check(BusMetrics metrics) {
        same("published", metrics.published());
        same("rejected", metrics.rejected());
        same("last resort", metrics.lastResorts());
        same("discarded", metrics.discardedLetters());
        same("expired", metrics.expiredLetters());
        breaches.unless(metrics.observerFailures() == 0, "observers threw");
        metrics.subscriptions().forEach(this::check);
    }

    private void check(String name, SubscriptionMetrics metrics) {
        same(name + " HANDLED", metrics.handled());
        same(name + " DEAD_LETTERED", metrics.deadLettered());
        same(name + " CANCELLED", metrics.cancelled());
        same(name + " RETURNED", metrics.returned());
        same(name + " DROPPED", metrics.dropped());
        same(name + " DUPLICATE", metrics.duplicates());
        same(name + " EXPIRED", metrics.expired());
        same(name + " failed", metrics.failedAttempts());
        same(name + " timed out", metrics.timedOut());
        breaches.unless(metrics.inFlight() == 0 && metrics.abandoned() == 0,
                name + " has not come to rest: " + metrics);
    }

    private void same(String what, long metric) {
        long signals = sums.getOrDefault(what, 0L);
        breaches.unless(signals == metric, what + ": metric " + metric + ", signals " + signals);
    }
}
