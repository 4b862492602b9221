/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Scopes;
import dev.eventbus.internal.deliver.StripedCounter;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.observe.Signal;

/** Counts and tells of the events that were accepted. Thread-safe. */
final class Accepted {
    private final StripedCounter count;
    private final Signals signals;

    Accepted(int stripes, Signals signals) {
        this.count = new StripedCounter(stripes);
        this.signals = signals;
    }

    void count(int stripe) {
        count.increment(stripe);
    }

    /** Tells observers; what they publish meanwhile has later turns. */
    void tell(Publication<?> event) {
        if (signals.active()) {
            Scopes.signalling(event, () -> signals.tell(new Signal.Published(event, event.deliveries())));
        }
    }

    long sum() {
        return count.sum();
    }
}
