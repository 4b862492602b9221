/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.analytics;

import dev.eventbus.examples.revenue.revenue.RevenueEvent;
import dev.eventbus.subscribe.Delivery;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Hands revenue events to the analytics, each once. Thread-safe. */
public final class AnalyticsHandlers {
    private final RevenueAnalytics analytics;
    private final Set<UUID> handled = ConcurrentHashMap.newKeySet();
    private final LongAdder duplicates = new LongAdder();

    /**
     * Creates the handlers.
     *
     * @param analytics adds up
     */
    public AnalyticsHandlers(RevenueAnalytics analytics) {
        this.analytics = analytics;
    }

    /**
     * Handles any change of revenue.
     *
     * @param delivery the event
     */
    public void changed(Delivery<RevenueEvent> delivery) {
        if (handled.add(delivery.event().id())) {
            analytics.add(delivery.payload().document(), delivery.payload().amount());
        } else {
            duplicates.increment();
        }
    }

    /**
     * Counts the events that came once more although they had been handled.
     *
     * @return how many were recognised
     */
    public long duplicates() {
        return duplicates.sum();
    }
}
