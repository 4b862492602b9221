/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.subscribe.Dispatch;

// @start region="suite"
class VirtualThreadsDispatchContractTest extends DispatchContract {
    @Override
    protected EventBus build(EventBusBuilder builder) {
        return builder.dispatch(Dispatch.virtualThreads()).build();
    }

    @Override
    protected boolean isSynchronous() {
        return false;
    }

    @Override
    protected boolean isSerial() {
        return true;
    }
}
// @end region="suite"
