/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus;

import dev.eventbus.internal.deadletter.DeadLetterSink;
import dev.eventbus.internal.deliver.Breakers;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.dispatch.DispatchStage;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.publish.PublishStage;
import dev.eventbus.internal.route.RouteTable;
import dev.eventbus.internal.schedule.ScheduleStage;
import dev.eventbus.observe.BusMetrics;
import dev.eventbus.observe.Health;
import dev.eventbus.observe.SubscriptionMetrics;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Shows a bus from outside and changes nothing.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class Inspection {
    private final PublishStage publish;
    private final RouteTable routes;
    private final DispatchStage dispatcher;
    private final DeadLetterSink letters;
    private final Signals signals;
    private final ScheduleStage schedule;
    private final Breakers breakers;

    Inspection(PublishStage publish, RouteTable routes, DispatchStage dispatcher, DeadLetterSink letters,
            Signals signals, ScheduleStage schedule, Breakers breakers) {
        this.publish = publish;
        this.routes = routes;
        this.dispatcher = dispatcher;
        this.letters = letters;
        this.signals = signals;
        this.schedule = schedule;
        this.breakers = breakers;
    }

    /**
     * Looks for what is wrong.
     *
     * @return up, or degraded and why
     */
    public Health health() {
        return HealthCheck.look(routes.subscribers(), breakers, letters);
    }

    /**
     * Reads the counters.
     *
     * @return their values about now; exact when nothing is published meanwhile
     */
    public BusMetrics metrics() {
        Map<String, SubscriptionMetrics> subscriptions = new LinkedHashMap<>();
        for (Subscriber subscriber : routes.subscribers()) {
            subscriptions.put(subscriber.name(), subscriber.metrics());
        }
        return new BusMetrics(dispatcher.published(), publish.rejected(), publish.unmatched(), letters.size(),
                letters.parkedSequences(), letters.lastResorts(), letters.discarded(), letters.expired(),
                signals.failures(), schedule.size(), Collections.unmodifiableMap(subscriptions));
    }
}
