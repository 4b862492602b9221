/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus;

import dev.eventbus.breaker.CircuitBreaker;
import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.DeadLetters;
import dev.eventbus.deadletter.LastResort;
import dev.eventbus.idempotency.IdempotencyStore;
import dev.eventbus.internal.deadletter.DeadLetterSink;
import dev.eventbus.internal.deadletter.Retention;
import dev.eventbus.internal.deliver.Breakers;
import dev.eventbus.internal.deliver.DeliverStage;
import dev.eventbus.internal.deliver.SpecBuilder;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.dispatch.DispatchStage;
import dev.eventbus.internal.entry.EntryStage;
import dev.eventbus.internal.event.EventIds;
import dev.eventbus.internal.idempotency.IdempotencyGuard;
import dev.eventbus.internal.lane.LaneStage;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.outcome.Endings;
import dev.eventbus.internal.outcome.Quiet;
import dev.eventbus.internal.publish.PublishStage;
import dev.eventbus.internal.redrive.RedriveStage;
import dev.eventbus.internal.retry.RetryBudgets;
import dev.eventbus.internal.route.RouteTable;
import dev.eventbus.internal.route.Validators;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.runtime.Timers;
import dev.eventbus.internal.schedule.ScheduleStage;
import dev.eventbus.internal.shutdown.Shutdown;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.policy.RetryBudgetPolicy;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.NoSubscription;
import dev.eventbus.spi.BusRuntime;
import dev.eventbus.spi.Clocks;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.SubscribeRejectedException;
import dev.eventbus.subscribe.Subscription;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The stages of one bus, wired from the last to the first. Thread-safe. */
final class Engine {
    /** What a bus is built with. */
    record Settings(Dispatch dispatch, int pendingLimit, int scheduledLimit, RetryPolicy retry,
            DeadLetterStore deadLetters,
            @Nullable LastResort lastResort, @Nullable Duration retention, Validators validators,
            NoSubscription noSubscription, int maxDepth, List<BusObserver> observers, Guards guards, Clocks clocks,
            BusRuntime runtime, RandomGenerator random) {}

    /** What subscriptions share against failure. */
    record Guards(Map<String, CircuitBreakerPolicy> breakers, List<RetryBudgetPolicy> budgets,
            IdempotencyStore idempotency) {}

    private static final int LEAST_STRIPES = 16;

    private final SpecBuilder.Defaults defaults;
    private final DispatchStage dispatch;
    private final RouteTable routes;
    private final PublishStage publish;
    private final ScheduleStage schedule;
    private final RedriveStage redrive;
    private final Shutdown shutdown;
    private final Inspection inspection;
    private final Breakers breakers;

    Engine(String bus, Settings settings, EventPublisher publisher) {
        int stripes = Math.max(LEAST_STRIPES, Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) << 2);
        Ports ports = new Ports(settings.clocks(), settings.runtime(), settings.random(),
                new EventIds(settings.clocks(), settings.random()));
        Signals signals = new Signals(bus, settings.observers());
        this.breakers = new Breakers(settings.guards().breakers(), settings.clocks(), signals);
        RetryBudgets budgets = new RetryBudgets(settings.guards().budgets(), settings.clocks().monotonicNanos());
        this.defaults = new SpecBuilder.Defaults(settings.dispatch(), settings.retry(), publisher, stripes, budgets,
                breakers, settings.clocks());
        Timers timers = new Timers("eventbus-" + bus + "-timers", ports);
        Retention retention = settings.retention() == null
                ? null
                : new Retention(bus, settings.retention(), ports, timers);
        DeadLetterSink sink = new DeadLetterSink(bus, settings.deadLetters(), settings.lastResort(), signals,
                retention);
        Endings endings = new Endings(ports, signals, sink);
        Quiet quiet = new Quiet();
        DeliverStage deliver = new DeliverStage(ports, signals);
        EntryStage entries = new EntryStage(endings, sink,
                new IdempotencyGuard(bus, settings.guards().idempotency()), signals);
        LaneStage lanes = new LaneStage(bus, ports, timers, deliver, entries, endings, signals, quiet);
        this.dispatch = new DispatchStage(bus, settings.pendingLimit(), stripes, ports, signals,
                new DispatchStage.Parts(deliver, entries, endings, lanes, quiet));
        this.routes = new RouteTable(bus, ports, settings.validators());
        this.publish = new PublishStage(new PublishStage.Settings(bus, settings.maxDepth(), settings.noSubscription()),
                ports, signals, routes, dispatch);
        this.schedule = new ScheduleStage(bus, settings.scheduledLimit(), ports, timers, publish);
        this.redrive = new RedriveStage(ports, routes, dispatch, sink, publish::validate);
        this.shutdown = new Shutdown(bus, ports, signals,
                new Shutdown.Parts(routes, schedule, dispatch.inFlight(), quiet, timers, () -> {
                    redrive.stop();
                    if (retention != null) {
                        retention.close();
                    }
                }));
        this.inspection = new Inspection(publish, routes, dispatch, sink, signals, schedule, breakers);
    }

    Subscription subscribe(String name, Consumer<SubscriptionSpec> spec) {
        Subscriber subscriber = SpecBuilder.build(name, spec, defaults);
        dispatch.open(subscriber);
        try {
            routes.open(subscriber);
        } catch (SubscribeRejectedException rejection) {
            subscriber.close(); // and its lanes are forgotten
            throw rejection;
        }
        breakers.opened(subscriber);
        return new OpenSubscription(subscriber, routes, breakers, dispatch.inFlight());
    }

    boolean drain(Duration timeout) throws InterruptedException {
        return dispatch.inFlight().drain(timeout);
    }

    PublishStage publish() {
        return publish;
    }

    ScheduleStage schedule() {
        return schedule;
    }

    DeadLetters deadLetters() {
        return redrive;
    }

    CircuitBreaker circuitBreaker(String name) {
        return breakers.find(name);
    }

    Shutdown shutdown() {
        return shutdown;
    }

    Inspection inspection() {
        return inspection;
    }
}
