/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.SubscriptionSpec;

class UnorderedDispatchContractTest extends VirtualThreadsDispatchContractTest {
    @Override
    protected void choose(SubscriptionSpec spec) {
        spec.ordering(Ordering.unordered(8));
    }

    @Override
    protected boolean isSerial() {
        return false;
    }
}
