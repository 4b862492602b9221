/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus;

import dev.eventbus.breaker.CircuitBreaker;
import dev.eventbus.breaker.CircuitState;
import dev.eventbus.internal.deadletter.DeadLetterSink;
import dev.eventbus.internal.deliver.Breakers;
import dev.eventbus.internal.deliver.Inlet;
import dev.eventbus.internal.deliver.LaneSettings;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.observe.Health;
import java.util.ArrayList;
import java.util.List;

/** Looks for what is wrong with a bus. Stateless. */
final class HealthCheck {
    private HealthCheck() {
    }

    static Health look(List<Subscriber> subscribers, Breakers breakers, DeadLetterSink letters) {
        List<Health.Reason> reasons = new ArrayList<>();
        subscribers.forEach(subscriber -> look(subscriber, reasons));
        for (CircuitBreaker breaker : breakers.all()) {
            CircuitState state = breaker.state();
            if (state != CircuitState.CLOSED && state != CircuitState.FORCED_CLOSED) {
                reasons.add(new Health.OpenCircuit(breaker.name(), state));
            }
        }
        if (letters.isFull()) {
            reasons.add(new Health.DeadLettersFull(letters.size()));
        }
        return new Health(reasons);
    }

    private static void look(Subscriber subscriber, List<Health.Reason> reasons) {
        String stoppedBy = subscriber.stoppedBy();
        if (stoppedBy != null) {
            reasons.add(new Health.StoppedSubscription(subscriber.name(), stoppedBy));
        }
        Inlet inlet = subscriber.inlet();
        LaneSettings settings = subscriber.laneSettings();
        if (inlet == null || settings == null) {
            return;
        }
        if (inlet.abandoned() > 0) {
            reasons.add(new Health.StuckHandlers(subscriber.name(), inlet.abandoned()));
        }
        if (inlet.inFlight() * 10L >= settings.places() * 9L) {
            reasons.add(new Health.SaturatedBuffer(subscriber.name(), inlet.inFlight(), settings.places()));
        }
    }
}
