/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.check.Checks;
import dev.eventbus.internal.deliver.Breakers;
import dev.eventbus.internal.deliver.Inlet;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.dispatch.InFlight;
import dev.eventbus.internal.route.RouteTable;
import dev.eventbus.subscribe.Subscription;
import java.time.Duration;

/** The user's handle of a subscription. Thread-safe. */
record OpenSubscription(Subscriber subscriber, RouteTable routes, Breakers breakers,
        InFlight inFlight) implements Subscription {
    @Override
    public String name() {
        return subscriber.name();
    }

    @Override
    public boolean isClosed() {
        return subscriber.isClosed();
    }

    @Override
    public void close() {
        routes.close(subscriber);
        breakers.closed(subscriber);
    }

    @Override
    public boolean closeAndAwait(Duration timeout) throws InterruptedException {
        Checks.notNegative(timeout, "timeout");
        close();
        return inFlight.awaitClosed(subscriber, timeout);
    }

    @Override
    public void pause() {
        lanes().pause();
    }

    @Override
    public void resume() {
        Inlet unused = lanes();
        subscriber.resume();
    }

    @Override
    public boolean isPaused() {
        return subscriber.inlet() != null && subscriber.inlet().isPaused();
    }

    @Override
    public void pause(Object key) {
        lanes().pause(Checks.key(key));
    }

    @Override
    public void resume(Object key) {
        lanes().resume(Checks.key(key));
    }

    private Inlet lanes() {
        Inlet lanes = subscriber.inlet();
        if (lanes == null) {
            throw new ConfigurationException(
                    "Subscription '" + name() + "' is synchronous: its publishers run the handlers "
                            + "and cannot be paused; choose dispatch(Dispatch.virtualThreads())");
        }
        return lanes;
    }

    @Override
    public String toString() {
        return "Subscription[name=" + name() + ", closed=" + isClosed() + "]";
    }
}
