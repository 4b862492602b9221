/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.analytics;

import dev.eventbus.examples.revenue.event.RevenueEvent;

/** Hands revenue events to the analytics. That each comes once is the business of the subscription. Thread-safe. */
public final class AnalyticsHandlers {
    private final RevenueAnalytics analytics;

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
     * @param event the event
     */
    public void changed(RevenueEvent event) {
        analytics.add(event);
    }
}
