/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.subscribe.BatchHandler;
import dev.eventbus.subscribe.Delivery;
import dev.eventbus.subscribe.DeliveryHandler;
import dev.eventbus.subscribe.EventHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One subscription as payloads of one class reach it: the handler chosen and the filters that apply. Immutable. */
public final class Target {
    private final Subscriber subscriber;
    private final @Nullable EventHandler<Object> onPayload; // one of the three is there
    private final @Nullable DeliveryHandler<Object> onDelivery;
    private final @Nullable BatchHandler<Object> onBatch;
    private final List<FilterBinding<?>> filters;
    private final @Nullable Inlet inlet;
    private final boolean plain;

    @SuppressWarnings("unchecked") // a route calls it with payloads that are assignable to the binding's type, and no others
    Target(Subscriber subscriber, Binding<?> binding, List<FilterBinding<?>> filters) {
        this.subscriber = subscriber;
        this.onPayload = (EventHandler<Object>) binding.onPayload();
        this.onDelivery = (DeliveryHandler<Object>) binding.onDelivery();
        this.onBatch = (BatchHandler<Object>) binding.onBatch();
        this.filters = filters;
        this.inlet = subscriber.inlet();
        this.plain = subscriber.policies().isPlain();
    }

    /**
     * Returns whose target this is.
     *
     * @return the subscription
     */
    public Subscriber subscriber() {
        return subscriber;
    }

    /**
     * Returns where events enter its lanes.
     *
     * @return the inlet, or null for a synchronous subscription
     */
    public @Nullable Inlet inlet() {
        return inlet;
    }

    /**
     * Tells whether an event that does not expire may go straight to its handler.
     *
     * @return false if a claim, a sequence, or in the caller's thread a breaker, has to be asked
     */
    public boolean isPlain() {
        return plain;
    }

    /**
     * Tells whether events must be shown to filters first.
     *
     * @return false for the plain path
     */
    public boolean isFiltered() {
        return !filters.isEmpty();
    }

    /**
     * Asks the filters; what they throw is the caller's business.
     *
     * @param event what was published
     * @return false if one of them leaves it out
     */
    public boolean wants(Publication<?> event) {
        for (FilterBinding<?> filter : filters) {
            if (!filter.wants(event)) {
                return false;
            }
        }
        return true;
    }

    void handle(Publication<?> event, int attempt) throws Exception {
        if (onPayload != null) {
            onPayload.handle(event.payload());
        } else if (onDelivery != null) {
            onDelivery.handle(delivery(event, attempt));
        } else {
            handle(List.of(delivery(event, attempt)));
        }
    }

    void handle(List<Delivery<Object>> batch) throws Exception {
        if (onBatch != null) {
            onBatch.handle(batch);
        }
    }

    /**
     * Makes what a handler sees of an attempt.
     *
     * @param event what is handled
     * @param attempt number of the attempt
     * @return the delivery
     */
    @SuppressWarnings("unchecked") // as above
    public Delivery<Object> delivery(Publication<?> event, int attempt) {
        return new CurrentDelivery<>((Publication<Object>) event, subscriber, attempt);
    }
}
