/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.SubscriptionSpec;

class ByKeyDispatchContractTest extends VirtualThreadsDispatchContractTest {
    @Override
    protected void choose(SubscriptionSpec spec) {
        spec.ordering(Ordering.byKey()).sequenced(SequencePolicy.none());
    }
}
