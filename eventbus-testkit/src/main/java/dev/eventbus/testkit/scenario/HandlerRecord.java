/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.Signal;
import dev.eventbus.testkit.RecordedEvents;

/** Keeps what a handler published, and not what it received. Confined to the thread of the test. */
final class HandlerRecord implements BusObserver {
    private final RecordedEvents events = new RecordedEvents();

    /** Tells the event that the handler was given from those that it published, which have a cause. */
    static boolean isReceived(EventEnvelope<?> event) {
        return event.metadata().depth() == 0;
    }

    @Override
    public void onSignal(Signal signal) {
        if (signal instanceof Signal.Published published && !isReceived(published.event())) {
            events.onSignal(published);
        }
    }

    RecordedEvents events() {
        return events;
    }
}
