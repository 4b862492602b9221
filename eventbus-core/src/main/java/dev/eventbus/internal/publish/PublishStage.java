/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.publish;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.error.EventBusException;
import dev.eventbus.internal.check.Checks;
import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.Origin;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Scopes;
import dev.eventbus.internal.dispatch.DispatchStage;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.route.Route;
import dev.eventbus.internal.route.RouteTable;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.CausationTooDeepException;
import dev.eventbus.publish.InvalidEventException;
import dev.eventbus.publish.NoSubscription;
import dev.eventbus.publish.NoSubscriptionException;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.PublishRejectedException;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.WouldDeadlockException;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a payload into an accepted event, or rejects it without a trace. Thread-safe. */
public final class PublishStage {
    /**
     * What a bus was built with that concerns publishing.
     *
     * @param bus its name
     * @param maxDepth greatest depth of causation
     * @param noSubscription what to do with events that nobody takes
     */
    public record Settings(String bus, int maxDepth, NoSubscription noSubscription) {}

    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");

    private final Settings settings;
    private final Ports ports;
    private final Signals signals;
    private final RouteTable routes;
    private final DispatchStage dispatcher;
    private final LongAdder rejected = new LongAdder();
    private final LongAdder unmatched = new LongAdder();

    /**
     * Creates the stage.
     *
     * @param settings the bus's choices
     * @param ports clocks and ids
     * @param signals who is told
     * @param routes the next stage
     * @param dispatcher the one after it
     */
    public PublishStage(Settings settings, Ports ports, Signals signals, RouteTable routes,
            DispatchStage dispatcher) {
        this.settings = settings;
        this.ports = ports;
        this.signals = signals;
        this.routes = routes;
        this.dispatcher = dispatcher;
    }

    /**
     * Publishes.
     *
     * @param payload the user's object; null is rejected
     * @param options explicit metadata
     * @return the receipt
     */
    public Receipt publish(@Nullable Object payload, PublishOptions options) {
        try {
            return accept(payload, options);
        } catch (PublishRejectedException | WouldDeadlockException rejection) {
            throw told(rejection);
        }
    }

    /**
     * Checks a payload that is not published: what every publish of it would meet before the bus's own bounds.
     *
     * @param payload the user's object
     * @throws InvalidEventException if its class cannot be published, or a validator refuses it
     */
    public void validate(Object payload) {
        Route route = route(payload);
        CollectingValidation.run(settings.bus(), route.plan().type().name(), payload, route.validators());
    }

    private Receipt accept(@Nullable Object payload, PublishOptions options) {
        if (payload == null) {
            throw InvalidEventException.nullPayload(settings.bus());
        }
        long wallMillis = ports.clocks().wallMillis(); // first: the event is of the moment in which publish was called
        DeliveryScope scope = Scopes.current();
        Route route = route(payload);
        if (scope == null) {
            dispatcher.requireOpen(route.plan().type().name()); // before the user's validators and filters run for nothing
        }
        validate(payload, route);
        return accept(envelope(payload, route, options, inherited(route, scope), wallMillis), route, scope);
    }

    /**
     * Checks what is to be published later; what can be refused now is, so that its publisher learns of it.
     *
     * @param payload the user's object; null is rejected
     * @param options explicit metadata
     * @return what {@link #publish(CheckedPayload)} takes
     */
    public CheckedPayload check(@Nullable Object payload, PublishOptions options) {
        try {
            if (payload == null) {
                throw InvalidEventException.nullPayload(settings.bus());
            }
            Route route = route(payload);
            dispatcher.requireOpen(route.plan().type().name()); // inside deliveries too: nothing is published later then
            validate(payload, route);
            return new CheckedPayload(payload, route.plan().type().name(), options, inherited(route, Scopes.current()));
        } catch (PublishRejectedException rejection) {
            throw told(rejection);
        }
    }

    /**
     * Publishes what was checked before, outside all deliveries; its validators do not run again.
     *
     * @param checked from {@link #check}
     * @return the receipt
     */
    public Receipt publish(CheckedPayload checked) {
        try {
            long wallMillis = ports.clocks().wallMillis();
            Route route = route(checked.payload());
            return accept(envelope(checked.payload(), route, checked.options(), checked.inherited(), wallMillis), route,
                    null);
        } catch (PublishRejectedException | WouldDeadlockException rejection) {
            throw told(rejection);
        }
    }

    /**
     * Counts a rejection and tells observers of it.
     *
     * @param <X> its type
     * @param rejection what the publisher is about to be told
     * @return the same, to be thrown
     */
    public <X extends EventBusException> X told(X rejection) {
        rejected.increment();
        if (signals.active()) {
            Scopes.signallingRejection(() -> signals.tell(new Signal.Rejected(rejection)));
        }
        return rejection;
    }

    private Receipt accept(Publication<Object> event, Route route, @Nullable DeliveryScope scope) {
        if (route.filtered()) {
            filter(event);
        }
        boolean matched = event.size() > 0 && (!route.filtered() || event.deliveries() > 0);
        if (!matched && settings.noSubscription() == NoSubscription.THROW) {
            unmatched.increment();
            throw new NoSubscriptionException(settings.bus(), event.typeName());
        }
        try {
            dispatch(event, scope);
        } catch (StackOverflowError end) {
            dispatcher.rescue(event, scope); // the same with one frame more of room
            throw end;
        }
        if (!matched) {
            unmatched(event);
        }
        return event;
    }

    private void dispatch(Publication<?> event, @Nullable DeliveryScope scope) {
        try {
            dispatcher.dispatch(event, scope);
        } catch (StackOverflowError end) {
            dispatcher.rescue(event, scope);
            throw end;
        }
    }

    private void validate(Object payload, Route route) {
        if (!route.validators().isEmpty()) {
            CollectingValidation.run(settings.bus(), route.plan().type().name(), payload, route.validators());
        }
    }

    private Route route(Object payload) {
        try {
            return routes.routeOf(payload.getClass());
        } catch (ConfigurationException unpublishable) {
            throw InvalidEventException.unpublishable(settings.bus(), Checks.shortened(payload.getClass().getName()),
                    unpublishable);
        }
    }

    private Origin inherited(Route route, @Nullable DeliveryScope scope) {
        Publication<?> cause = scope == null ? null : scope.event();
        Origin inherited = cause == null ? Origin.PLAIN : cause.children();
        if (inherited.depth() > settings.maxDepth()) {
            throw new CausationTooDeepException(settings.bus(), route.plan().type().name(), inherited.depth(),
                    settings.maxDepth());
        }
        return inherited;
    }

    private Publication<Object> envelope(Object payload, Route route, PublishOptions options, Origin inherited,
            long wallMillis) {
        boolean plain = options == PublishOptions.options();
        Origin origin = plain ? inherited : new Origin(options, inherited.lineage(), null);
        long nanos = signals.active() || options.expiresAfter() != null
                ? Math.max(ports.clocks().monotonicNanos(), Publication.NOT_MEASURED + 1) // any number may be a reading
                : Publication.NOT_MEASURED;
        UUID id = plain ? null : options.id();
        if (id != null) {
            return new Publication<>(payload, route.plan(), origin, id.getMostSignificantBits(),
                    id.getLeastSignificantBits(), wallMillis, nanos);
        }
        long number = ports.ids().next();
        return new Publication<>(payload, route.plan(), origin, ports.ids().high(wallMillis, number),
                ports.ids().low(number), wallMillis, nanos);
    }

    // D-7: a throwing filter concerns its own subscription alone
    private static void filter(Publication<?> event) {
        for (int index = 0; index < event.size(); index++) {
            try {
                if (!event.target(index).wants(event)) {
                    event.leaveOut(index);
                    event.target(index).subscriber().countFiltered();
                }
            } catch (Throwable failure) {
                event.filterFailed(index, failure);
            }
        }
    }

    private void unmatched(Publication<?> event) {
        unmatched.increment();
        if (settings.noSubscription() == NoSubscription.LOG) {
            LOG.warn(
                    "bus '{}': no subscription matches event {} ({}); subscribe to its type or choose NoSubscription.IGNORE",
                    settings.bus(), event.id(), event.typeName());
        }
        if (signals.active()) {
            Scopes.signalling(event, () -> signals.tell(new Signal.Unmatched(event)));
        }
    }

    /**
     * Counts the rejected publishes.
     *
     * @return how many
     */
    public long rejected() {
        return rejected.sum();
    }

    /**
     * Counts the events that no subscription matched.
     *
     * @return how many, rejected ones included
     */
    public long unmatched() {
        return unmatched.sum();
    }
}
