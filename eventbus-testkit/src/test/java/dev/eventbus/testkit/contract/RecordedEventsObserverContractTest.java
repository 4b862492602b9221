/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.observe.BusObserver;
import dev.eventbus.testkit.RecordedEvents;

class RecordedEventsObserverContractTest extends BusObserverContract {
    @Override
    protected BusObserver observer() {
        return new RecordedEvents();
    }

    @Override
    protected boolean opensScopes() {
        return false;
    }
}
