/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.idempotency.IdempotencyStore;
import dev.eventbus.idempotency.WhenFull;
import java.time.Duration;
import java.util.Optional;

// @start region="suite"
class InMemoryIdempotencyStoreContractTest extends IdempotencyStoreContract {
    private final MovedClocks clocks = new MovedClocks();

    @Override
    protected IdempotencyStore store(int capacity) {
        return IdempotencyStore.inMemory(capacity, clocks);
    }

    @Override
    protected void advance(Duration time) {
        clocks.advance(time);
    }

    @Override
    protected boolean hasLeases() {
        return false;
    }

    @Override
    protected Optional<WhenFull> whenFull() {
        return Optional.of(WhenFull.FORGET_OLDEST);
    }
}
// @end region="suite"
