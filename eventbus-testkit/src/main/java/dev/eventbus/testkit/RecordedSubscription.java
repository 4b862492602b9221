/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.function.IntUnaryOperator;

/**
 * Takes down what happens to the deliveries of one subscription.
 *
 * <p>Each fact gets its stamp inside the call, so calls stand where things happen: {@link #began} and {@link #ended} first
 * and last in the handler, {@link #over} before the subscription may go on with what waited for this delivery, such as in
 * an observer. Only the end as {@link DeliveryEnd#HANDLED} or {@link DeliveryEnd#PROPAGATED} may come later: such a
 * delivery is over with its last attempt. Thread-safe.
 *
 * @since 0.1
 */
public final class RecordedSubscription {
    final History history;
    final int index;
    final IntUnaryOperator laneOfKey;

    private final FactLog log;
    private final String name;
    private final SubscriptionKind kind;

    RecordedSubscription(History history, int index, String name, SubscriptionKind kind, IntUnaryOperator laneOfKey) {
        this.history = history;
        this.log = history.log;
        this.index = index;
        this.name = name;
        this.kind = kind;
        this.laneOfKey = laneOfKey;
    }

    /**
     * Returns the name.
     *
     * @return the name, as reports show it
     */
    public String name() {
        return name;
    }

    /**
     * Returns the kind.
     *
     * @return which order the subscription promises
     */
    public SubscriptionKind kind() {
        return kind;
    }

    /**
     * Records that an attempt begins.
     *
     * @param event number of the event
     */
    public void began(int event) {
        log.add(event, FactCode.of(FactCode.BEGAN, index));
    }

    /**
     * Records that an attempt ends, however it does.
     *
     * @param event number of the event
     */
    public void ended(int event) {
        log.add(event, FactCode.of(FactCode.ENDED, index));
    }

    /**
     * Records that a delivery has ended for good.
     *
     * @param event number of the event
     * @param end how
     */
    public void over(int event, DeliveryEnd end) {
        log.add(event, FactCode.over(end, index));
    }

    /**
     * Records that a redrive or a replay opens a new delivery of an event, which has to end too.
     *
     * <p>Of the new delivery no order is checked, but overlaps are.
     *
     * @param event number of the event
     */
    public void reopened(int event) {
        log.add(event, FactCode.of(FactCode.REOPENED, index));
    }

    /** Returns the lane of an event with a key. */
    int lane(int key) {
        return kind == SubscriptionKind.KEYED ? laneOfKey.applyAsInt(key) : 0;
    }

    long bit() {
        return 1L << index;
    }

    @Override
    public String toString() {
        return "'" + name + "' (" + kind + ")";
    }
}
