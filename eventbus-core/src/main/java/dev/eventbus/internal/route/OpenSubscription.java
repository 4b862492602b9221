/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.route;

import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.subscribe.Subscription;

/** The user's handle of a subscription. Thread-safe. */
record OpenSubscription(Subscriber subscriber, RouteTable table) implements Subscription {
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
        table.close(subscriber);
    }

    @Override
    public String toString() {
        return "Subscription[name=" + name() + ", closed=" + isClosed() + "]";
    }
}
