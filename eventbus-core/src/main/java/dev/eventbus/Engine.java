/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus;

import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.DeadLetters;
import dev.eventbus.deadletter.LastResort;
import dev.eventbus.internal.deadletter.DeadLetterSink;
import dev.eventbus.internal.deliver.SpecBuilder;
import dev.eventbus.internal.dispatch.SynchronousDispatcher;
import dev.eventbus.internal.event.EventIds;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.publish.PublishStage;
import dev.eventbus.internal.redrive.RedriveStage;
import dev.eventbus.internal.route.RouteTable;
import dev.eventbus.internal.route.Validators;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.shutdown.Shutdown;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.NoSubscription;
import dev.eventbus.spi.BusRuntime;
import dev.eventbus.spi.Clocks;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Subscription;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The stages of one bus, wired from the last to the first. Thread-safe. */
final class Engine {
    /** What a bus is built with. */
    record Settings(Dispatch.Synchronous dispatch, RetryPolicy retry, DeadLetterStore deadLetters,
            @Nullable LastResort lastResort, Validators validators, NoSubscription noSubscription, int maxDepth,
            List<BusObserver> observers, Clocks clocks, BusRuntime runtime, RandomGenerator random) {}

    private static final int LEAST_STRIPES = 16;

    private final RetryPolicy retry;
    private final EventPublisher publisher;
    private final int stripes;
    private final RouteTable routes;
    private final PublishStage publish;
    private final RedriveStage redrive;
    private final Shutdown shutdown;
    private final Inspection inspection;

    Engine(String bus, Settings settings, EventPublisher publisher) {
        this.retry = settings.retry();
        this.publisher = publisher;
        this.stripes = Math.max(LEAST_STRIPES, Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) << 2);
        Ports ports = new Ports(settings.clocks(), settings.runtime(), settings.random(),
                new EventIds(settings.clocks(), settings.random()));
        Signals signals = new Signals(bus, settings.observers());
        DeadLetterSink sink = new DeadLetterSink(bus, settings.deadLetters(), settings.lastResort(), signals);
        SynchronousDispatcher dispatcher = new SynchronousDispatcher(bus, settings.dispatch().pendingLimit(), stripes,
                ports,
                signals, sink);
        this.routes = new RouteTable(bus, ports, settings.validators());
        this.publish = new PublishStage(new PublishStage.Settings(bus, settings.maxDepth(), settings.noSubscription()),
                ports,
                signals, routes, dispatcher);
        this.redrive = new RedriveStage(ports, routes, dispatcher, sink);
        this.shutdown = new Shutdown(bus, ports, signals, routes, dispatcher);
        this.inspection = new Inspection(publish, routes, dispatcher, sink, signals);
    }

    Subscription subscribe(String name, Consumer<SubscriptionSpec> spec) {
        return routes.open(SpecBuilder.build(name, spec, retry, publisher, stripes));
    }

    PublishStage publish() {
        return publish;
    }

    DeadLetters deadLetters() {
        return redrive;
    }

    Shutdown shutdown() {
        return shutdown;
    }

    Inspection inspection() {
        return inspection;
    }
}
