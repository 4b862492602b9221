/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.internal.check.Printable;
import dev.eventbus.observe.SubscriptionMetrics;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.Outcome;
import dev.eventbus.subscribe.Ordering;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The engine's side of one subscription: what it takes, its policies composed once, its counters. Thread-safe. */
public final class Subscriber {
    // One object for each stop, since texts may be the same.
    private record Stop(String reason) {}

    private final String name;
    private final List<Binding<?>> bindings;
    private final List<FilterBinding<?>> filters;
    private final DeliveryPolicies policies;
    private final boolean propagates;
    private final EventPublisher publisher;
    private final StripedCounter handled;
    private final LongAdder failedAttempts = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder filtered = new LongAdder();
    private final LongAdder timedOut = new LongAdder();
    private final @Nullable LaneSettings laneSettings; // null for a synchronous one
    private @Nullable Inlet inlet; // written once, before the subscriber is routed to
    private final Map<Outcome, LongAdder> settled = new EnumMap<>(Outcome.class); // filled once, then only read
    private volatile boolean closed;
    private final AtomicReference<@Nullable Stop> stoppedBy = new AtomicReference<>();

    /**
     * Creates a subscriber.
     *
     * @param name unique name
     * @param choices what the user chose
     * @param policies what it does about failure
     * @param laneSettings how its lanes are, or null for a synchronous one
     * @param defaults the bus's
     */
    Subscriber(String name, SpecBuilder choices, DeliveryPolicies policies, @Nullable LaneSettings laneSettings,
            SpecBuilder.Defaults defaults) {
        this.name = name;
        this.bindings = List.copyOf(choices.bindings());
        this.filters = List.copyOf(choices.filters());
        this.policies = policies;
        this.propagates = choices.propagates();
        this.laneSettings = laneSettings;
        this.publisher = defaults.publisher();
        this.handled = new StripedCounter(laneSettings == null ? defaults.stripes() : 1);
        for (Outcome outcome : Outcome.values()) {
            settled.put(outcome, new LongAdder());
        }
    }

    /**
     * Finds what handles payloads of a class.
     *
     * @param type class of a payload
     * @return the handler of the most specific type, the first named among unrelated ones, or null if none takes it
     */
    public @Nullable Target targetFor(Class<?> type) {
        Binding<?> best = null;
        for (Binding<?> binding : bindings) {
            if (binding.type().isAssignableFrom(type) && (best == null || binding.isMoreSpecificThan(best))) {
                best = binding;
            }
        }
        return best == null ? null : new Target(this, best, filtersFor(type));
    }

    private List<FilterBinding<?>> filtersFor(Class<?> type) {
        return filters.stream().filter(filter -> filter.type().isAssignableFrom(type)).toList();
    }

    /**
     * Returns how its lanes are.
     *
     * @return the settings, or null for a synchronous one
     */
    public @Nullable LaneSettings laneSettings() {
        return laneSettings;
    }

    /**
     * Gives it lanes, before anything is routed to it.
     *
     * @param lanes where events enter
     */
    public void enterBy(Inlet lanes) {
        inlet = lanes;
    }

    /**
     * Returns where events enter its lanes.
     *
     * @return the inlet, or null for a synchronous one
     */
    public @Nullable Inlet inlet() {
        return inlet;
    }

    /**
     * Finds the key of an event in this subscription.
     *
     * @param event what is published
     * @return its key, or null
     */
    public @Nullable Object keyOf(Publication<?> event) {
        if (laneSettings == null || !(laneSettings.ordering() instanceof Ordering.ByKey byKey)) {
            return null;
        }
        for (Ordering.KeyOf<?> key : byKey.keys()) {
            if (key.type().isInstance(event.payload())) {
                return key.of(event.payload());
            }
        }
        return event.key();
    }

    /** Lets no further attempt begin, and ends what waits in its lanes. */
    public void close() {
        closed = true;
        if (inlet != null) {
            inlet.close();
        }
    }

    /**
     * Tells whether it was closed.
     *
     * @return true for ever after {@link #close()}
     */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Returns the name.
     *
     * @return unique among the open ones
     */
    public String name() {
        return name;
    }

    /**
     * Returns what it does about failure.
     *
     * @return the policies, its own or the bus's
     */
    public DeliveryPolicies policies() {
        return policies;
    }

    /**
     * Stops it: no attempt begins until somebody resumes it.
     *
     * @param failure what it was stopped by
     */
    public void stop(Throwable failure) {
        if (inlet == null) {
            return; // refused when subscribing
        }
        inlet.pause(); // before the reason: a resume that meets none of it is then one that was before the stop
        Stop stop = new Stop(Printable.describe(failure));
        stoppedBy.set(stop);
        if (!inlet.isPaused()) { // resumed between the two
            boolean unused = stoppedBy.compareAndSet(stop, null);
        }
    }

    /** Lets attempts begin again; of a stop at the same time, the pause and its reason stay or go together. */
    public void resume() {
        if (inlet == null) {
            return;
        }
        Stop known;
        do {
            known = stoppedBy.get();
            inlet.resume();
        } while (!stoppedBy.compareAndSet(known, null)); // another stop came meanwhile
    }

    /**
     * Returns what it was stopped by.
     *
     * @return class and message of the failure, or null if it was not stopped
     */
    public @Nullable String stoppedBy() {
        Stop stop = stoppedBy.get();
        return stop == null ? null : stop.reason;
    }

    /**
     * Tells whether failures are thrown to the publisher.
     *
     * @return false if they become dead letters
     */
    public boolean propagates() {
        return propagates;
    }

    EventPublisher publisher() {
        return publisher;
    }

    /**
     * Counts a handled delivery.
     *
     * @param stripe stripe of the lane that handled it
     */
    public void countHandled(int stripe) {
        handled.increment(stripe);
    }

    /**
     * Counts the end of a delivery that was not handled.
     *
     * @param outcome final
     */
    public void countSettled(Outcome outcome) {
        counter(outcome).increment();
    }

    /** Counts a failed attempt. */
    public void countFailedAttempt() {
        failedAttempts.increment();
    }

    /** Counts an attempt that is not the first of its round. */
    public void countRetry() {
        retries.increment();
    }

    /** Counts an attempt that took longer than the timeout. */
    public void countTimedOut() {
        timedOut.increment();
    }

    /** Counts an event that a filter left out. */
    public void countFiltered() {
        filtered.increment();
    }

    /**
     * Reads the counters.
     *
     * @return their values about now
     */
    public SubscriptionMetrics metrics() {
        return new SubscriptionMetrics(handled.sum(), failedAttempts.sum(), retries.sum(), sum(Outcome.DEAD_LETTERED),
                sum(Outcome.PROPAGATED), sum(Outcome.CANCELLED), sum(Outcome.RETURNED), sum(Outcome.DROPPED),
                sum(Outcome.DUPLICATE), sum(Outcome.EXPIRED),
                filtered.sum(), timedOut.sum(), inlet == null ? 0 : inlet.abandoned(),
                inlet == null ? 0 : inlet.inFlight());
    }

    private long sum(Outcome outcome) {
        return counter(outcome).sum();
    }

    private LongAdder counter(Outcome outcome) {
        return Objects.requireNonNull(settled.get(outcome));
    }
}
