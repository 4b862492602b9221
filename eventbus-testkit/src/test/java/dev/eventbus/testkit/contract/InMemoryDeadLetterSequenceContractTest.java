/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.deadletter.DeadLetterStore;

// @start region="suite"
class InMemoryDeadLetterSequenceContractTest extends DeadLetterSequenceContract {
    @Override
    protected DeadLetterStore store(int capacity, int sequences) {
        return DeadLetterStore.inMemory(capacity, sequences);
    }

    @Override
    protected boolean isDurable() {
        return false;
    }

    @Override
    protected boolean keepsInstances() {
        return true;
    }
}
// @end region="suite"
