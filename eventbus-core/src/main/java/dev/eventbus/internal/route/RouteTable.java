/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.route;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.internal.deliver.Plan;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.deliver.Target;
import dev.eventbus.internal.event.PayloadType;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.publish.EventValidator;
import dev.eventbus.subscribe.Delivery;
import dev.eventbus.subscribe.SubscribeRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The open subscriptions, and the way from a class to those that take it.
 *
 * <p>Readers take the snapshot of the moment and resolve against it; each change makes another one. A snapshot has its
 * own cache, so a route is never kept that was resolved before a subscription came or went. Thread-safe.
 */
public final class RouteTable {
    /** A validator and the payloads it is for. */
    record ValidatorBinding<E>(Class<E> type, EventValidator<? super E> validator) {
        @SuppressWarnings("unchecked") // a route calls it with payloads that are assignable to the type, and no others
        EventValidator<Object> unchecked() {
            return (EventValidator<Object>) validator;
        }
    }

    private record Snapshot(List<Subscriber> subscribers, RouteCache cache) {}

    private final String bus;
    private final Ports ports;
    private final List<ValidatorBinding<?>> validators;
    private final ReentrantLock lock = new ReentrantLock(); // around the change of the snapshot only
    private volatile Snapshot snapshot = new Snapshot(List.of(), new RouteCache());
    private boolean closed; // guarded by lock

    /**
     * Creates a table without subscriptions.
     *
     * @param bus name of the bus
     * @param ports time and waiting
     * @param validators validators by type, in order
     */
    public RouteTable(String bus, Ports ports, Validators validators) {
        this.bus = bus;
        this.ports = ports;
        this.validators = validators.bindings();
    }

    /**
     * Finds the way of a class.
     *
     * @param type class of a payload
     * @return its route now
     */
    public Route routeOf(Class<?> type) {
        Snapshot now = snapshot;
        Route route = now.cache.find(type);
        return route == null ? now.cache.keep(type, resolve(type, now.subscribers)) : route;
    }

    private Route resolve(Class<?> type, List<Subscriber> subscribers) {
        if (EventEnvelope.class.isAssignableFrom(type) || Delivery.class.isAssignableFrom(type)) {
            throw new ConfigurationException(
                    "payload must be an object of yours, was an envelope or a delivery; publish its "
                            + "payload(), with PublishOptions.options().id(...) to keep the id");
        }
        Target[] targets = subscribers.stream().map(subscriber -> subscriber.targetFor(type)).filter(Objects::nonNull)
                .toArray(Target[]::new);
        List<EventValidator<Object>> applying = validators.stream().filter(v -> v.type().isAssignableFrom(type))
                .<EventValidator<Object>>map(ValidatorBinding::unchecked).toList();
        boolean filtered = List.of(targets).stream().anyMatch(Target::isFiltered);
        return new Route(new Plan(PayloadType.of(type), targets, ports), applying, filtered);
    }

    /**
     * Opens a subscription.
     *
     * @param subscriber the engine's side of it
     * @throws SubscribeRejectedException if its name is taken or the bus is closed
     */
    public void open(Subscriber subscriber) {
        lock.lock();
        try {
            if (closed) {
                throw SubscribeRejectedException.closed(bus, subscriber.name());
            }
            if (find(subscriber.name()).isPresent()) {
                throw SubscribeRejectedException.nameTaken(bus, subscriber.name());
            }
            List<Subscriber> more = new ArrayList<>(snapshot.subscribers);
            more.add(subscriber);
            snapshot = new Snapshot(List.copyOf(more), new RouteCache());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Closes a subscription; closing twice does nothing.
     *
     * @param subscriber the engine's side of it
     */
    public void close(Subscriber subscriber) {
        subscriber.close(); // first, so that no attempt begins even of events that were routed before
        lock.lock();
        try {
            List<Subscriber> less = new ArrayList<>(snapshot.subscribers);
            if (less.remove(subscriber)) {
                snapshot = new Snapshot(List.copyOf(less), new RouteCache());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Refuses further subscriptions. */
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Finds an open subscription.
     *
     * @param name its name
     * @return the subscription, or empty
     */
    public Optional<Subscriber> find(String name) {
        return snapshot.subscribers.stream().filter(subscriber -> subscriber.name().equals(name)).findFirst();
    }

    /**
     * Lists the open subscriptions.
     *
     * @return in the order in which they subscribed
     */
    public List<Subscriber> subscribers() {
        return snapshot.subscribers;
    }
}
