/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.subscribe.Dispatch;

class SynchronousDispatchContractTest extends DispatchContract {
    @Override
    protected EventBus build(EventBusBuilder builder) {
        return builder.dispatch(Dispatch.synchronous()).build();
    }

    @Override
    protected boolean isSynchronous() {
        return true;
    }

    @Override
    protected boolean isSerial() {
        return false;
    }
}
