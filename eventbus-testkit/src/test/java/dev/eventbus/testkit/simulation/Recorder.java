/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.Outcome;
import dev.eventbus.testkit.DeliveryEnd;
import dev.eventbus.testkit.History;
import dev.eventbus.testkit.RecordedSubscription;
import dev.eventbus.testkit.SubscriptionKind;
import dev.eventbus.testkit.World;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes the history of one run, from what observers are told and handlers do. Used by the threads of one simulation. */
final class Recorder implements BusObserver {
    private final World world;
    private final Faults faults;
    private final History history = new History();
    private final Map<String, Integer> ends = new HashMap<>();
    private final Set<String> returned = new HashSet<>();
    private final Map<String, RecordedSubscription> subscriptions = new LinkedHashMap<>();

    Recorder(World world, Faults faults) {
        this.world = world;
        this.faults = faults;
    }

    RecordedSubscription add(String name, SubscriptionKind kind) {
        RecordedSubscription added = history.subscription(name, kind);
        subscriptions.put(name, added);
        return added;
    }

    RecordedSubscription of(String name) {
        return subscriptions.get(name);
    }

    History history() {
        return history;
    }

    void accepted(int event, Set<String> names) {
        history.accepted(event,
                history.setOf(names.stream().map(subscriptions::get).toArray(RecordedSubscription[]::new)));
    }

    @Override
    public void onSignal(Signal signal) {
        switch (signal) {
            case Signal.Settled end -> {
                Told told = (Told) end.event().payload();
                ends.merge(end.subscription() + told.number(), 1, Integer::sum);
                if (end.outcome() == Outcome.RETURNED) {
                    returned.add(end.subscription() + told.number());
                }
                of(end.subscription()).over(told.number(), DeliveryEnd.valueOf(end.outcome().name()));
                faults.count(end.outcome().name().toLowerCase(Locale.ROOT));
                if (end instanceof Signal.DeadLettered dead) {
                    faults.count("letter " + dead.letter().reason());
                }
                world.note(told.number() * 16L + end.outcome().ordinal());
            }
            case Signal.AttemptFailed failed -> faults.count("attempt failed");
            case Signal.RetryScheduled retry -> faults.count("retry");
            case Signal.TimedOut timeout -> faults.count("timed out");
            case Signal.SlowHandler slow -> faults.count("slow handler");
            case Signal.Rejected rejected -> faults.count(rejected.rejection().getClass().getSimpleName());
            default -> {
                // The others are of no interest here.
            }
        }
    }

    /** Names all deliveries that a shutdown has returned; the caller may change the set. */
    Set<String> returned() {
        return new HashSet<>(returned);
    }

    /** Counts the ends of a delivery, those of further rounds included. */
    int ends(String subscription, int event) {
        return ends.getOrDefault(subscription + event, 0);
    }

    /** Tells whether a shutdown has returned a delivery. */
    boolean isReturned(String subscription, int event) {
        return returned.contains(subscription + event);
    }
}
