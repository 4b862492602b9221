/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus;

import dev.eventbus.internal.deadletter.DeadLetterSink;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.dispatch.DispatchStage;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.publish.PublishStage;
import dev.eventbus.internal.route.RouteTable;
import dev.eventbus.observe.BusMetrics;
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

    Inspection(PublishStage publish, RouteTable routes, DispatchStage dispatcher, DeadLetterSink letters,
            Signals signals) {
        this.publish = publish;
        this.routes = routes;
        this.dispatcher = dispatcher;
        this.letters = letters;
        this.signals = signals;
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
                signals.failures(), Collections.unmodifiableMap(subscriptions));
    }
}
