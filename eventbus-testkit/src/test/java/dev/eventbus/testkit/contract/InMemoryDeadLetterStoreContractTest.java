/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.deadletter.DeadLetterStore;

// @start region="suite"
class InMemoryDeadLetterStoreContractTest extends DeadLetterStoreContract {
    @Override
    protected DeadLetterStore store(int capacity) {
        return DeadLetterStore.inMemory(capacity);
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
