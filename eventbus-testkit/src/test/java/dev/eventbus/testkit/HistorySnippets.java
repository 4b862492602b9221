/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import static dev.eventbus.testkit.DeliveryEnd.HANDLED;
import static dev.eventbus.testkit.SubscriptionKind.KEYED;

import org.junit.jupiter.api.Test;

/** Samples of the Javadoc. */
class HistorySnippets {
    @Test
    void history() {
        // @start region="history"
        History history = new History();
        RecordedSubscription revenue = history.subscription("revenue", KEYED);
        long targets = history.setOf(revenue);

        int event = history.publishing(1, 42); // publisher 1, key 42
        publish(event);
        history.accepted(event, targets);

        revenue.began(event); // in the handler
        revenue.ended(event);
        revenue.over(event, HANDLED); // by an observer

        HistoryChecker.check(history).assertNone();
        // @end
    }

    private static void publish(int event) {
        // Stands for the bus.
    }
}
