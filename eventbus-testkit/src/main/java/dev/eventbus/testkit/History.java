/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Takes down what publishers and subscriptions of a bus do, for a {@link HistoryChecker}.
 *
 * {@snippet class="dev.eventbus.testkit.HistorySnippets" region="history"}
 *
 * <p>Events are numbers, given out by {@link #publishing}; carry them in payloads. Recording is cheap: one counter shared
 * by all threads, six bytes per fact and 18 per event, no objects. There may be 64 subscriptions and 2^31 facts; an event
 * with three deliveries of one attempt each makes eleven. Thread-safe.
 *
 * @since 0.1
 */
public final class History {
    /** The parent of events that were not published in a handler. */
    public static final int ROOT = -1;

    private static final int MAX_SUBSCRIPTIONS = Long.SIZE;

    final FactLog log = new FactLog();
    final EventTable events = new EventTable();
    private final List<RecordedSubscription> subscriptions = new ArrayList<>(); // guarded by itself

    /** Creates an empty history. */
    public History() {
        // All is set.
    }

    /**
     * Adds a subscription; a keyed one has a lane per key.
     *
     * @param name the name, for reports
     * @param kind which order it promises
     * @return takes down its deliveries
     * @throws IllegalStateException if there are 64 already
     */
    public RecordedSubscription subscription(String name, SubscriptionKind kind) {
        return subscription(name, kind, IntUnaryOperator.identity());
    }

    /**
     * Adds a subscription that orders by a key of its own.
     *
     * @param name the name, for reports
     * @param kind which order it promises
     * @param keyOfKey derives the subscription's key from the event's; asked while checking, for keyed ones alone
     * @return takes down its deliveries
     * @throws IllegalStateException if there are 64 already
     */
    public RecordedSubscription subscription(String name, SubscriptionKind kind, IntUnaryOperator keyOfKey) {
        synchronized (subscriptions) {
            int index = subscriptions.size();
            if (index == MAX_SUBSCRIPTIONS) {
                throw new IllegalStateException(
                        "history takes at most " + MAX_SUBSCRIPTIONS + " subscriptions; '" + name
                                + "' is one more");
            }
            RecordedSubscription added = new RecordedSubscription(this, index, name, kind, keyOfKey);
            subscriptions.add(added);
            return added;
        }
    }

    /**
     * Names a set of subscriptions, once for all events that are for these.
     *
     * @param members subscriptions of this history
     * @return the set, for {@link #accepted}
     * @throws IllegalArgumentException if one belongs to another history
     */
    public long setOf(RecordedSubscription... members) {
        long set = 0;
        for (RecordedSubscription member : members) {
            if (member.history != this) {
                throw new IllegalArgumentException("subscription " + member + " belongs to another history");
            }
            set |= member.bit();
        }
        return set;
    }

    /**
     * Records that a publish is about to be called, outside any handler.
     *
     * @param publisher number of the publisher, for reports, which show 16 bits of it
     * @param key key of the event; any number when it has none
     * @return number of the event, from 0
     */
    public int publishing(int publisher, int key) {
        return publishing(publisher, key, ROOT);
    }

    /**
     * Records that a publish is about to be called in a handler.
     *
     * @param publisher number of the publisher, for reports, which show 16 bits of it
     * @param key key of the event; any number when it has none
     * @param parent number of the event that is being handled, or {@link #ROOT}
     * @return number of the event, from 0
     */
    public int publishing(int publisher, int key, int parent) {
        int event = events.add(publisher, key, parent);
        log.add(event, FactCode.PUBLISHING);
        return event;
    }

    /**
     * Records that a publish has returned.
     *
     * @param event number of the event
     * @param subscriptions those that the event is for, as {@link #setOf} names them
     */
    public void accepted(int event, long subscriptions) {
        events.expect(event, subscriptions);
        log.add(event, FactCode.ACCEPTED);
    }

    /**
     * Records that a publish was rejected.
     *
     * @param event number of the event
     */
    public void rejected(int event) {
        log.add(event, FactCode.REJECTED);
    }

    List<RecordedSubscription> subscriptions() {
        synchronized (subscriptions) {
            return List.copyOf(subscriptions);
        }
    }
}
