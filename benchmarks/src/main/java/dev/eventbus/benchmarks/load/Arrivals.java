/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.load;

import dev.eventbus.benchmarks.contender.TickHandler;
import java.time.Duration;
import java.util.List;

/**
 * Knows when every handler has handled every event of a batch; its handlers are the work of the benchmarks.
 *
 * <p>No handler touches what another thread writes at the same time, so that the load does not become the bottleneck.
 */
interface Arrivals {
    /** Longest wait for a batch: a bus that lost an event shall not hang the run. */
    Duration LONGEST = Duration.ofSeconds(60);

    /**
     * Returns what to subscribe.
     *
     * @return one handler per subscription
     */
    List<TickHandler> handlers();

    /**
     * Expects the next batch; before its first publish.
     *
     * @param events indexes 0 to this, exclusive
     */
    void expect(int events);

    /**
     * Waits until all handlers have handled the batch.
     *
     * @throws InterruptedException if the waiting thread was interrupted
     * @throws IllegalStateException if an event did not arrive in time
     */
    void await() throws InterruptedException;
}
