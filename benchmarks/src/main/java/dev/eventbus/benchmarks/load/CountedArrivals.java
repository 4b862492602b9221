/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.load;

import dev.eventbus.benchmarks.contender.Tick;
import dev.eventbus.benchmarks.contender.TickHandler;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Counts in plain fields, for handlers that are called once at a time: such a bus orders the calls of a handler itself.
 *
 * <p>Thread-safe as far as that goes.
 */
final class CountedArrivals implements Arrivals {
    private final List<Counter> counters;
    private volatile CountDownLatch open = new CountDownLatch(0);
    // written by the waiting thread before it publishes, read by handlers of that batch
    private int expected;

    CountedArrivals(int subscriptions) {
        counters = Stream.generate(Counter::new).limit(subscriptions).toList();
    }

    @Override
    public List<TickHandler> handlers() {
        return List.copyOf(counters);
    }

    @Override
    public void expect(int events) {
        expected = events;
        open = new CountDownLatch(counters.size());
    }

    @Override
    public void await() throws InterruptedException {
        if (!open.await(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            List<Integer> counts = counters.stream().map(counter -> counter.count).toList(); // perhaps stale
            throw new IllegalStateException("handlers missed events (expected=" + expected + ", since then=" + counts
                    + ", open=" + open.getCount() + ")");
        }
    }

    /** One handler. One thread at a time. */
    private final class Counter implements TickHandler {
        private int count;
        private long total;

        @Override
        public void handle(Tick tick) {
            total += tick.index();
            if (++count == expected) {
                check();
                open.countDown();
            }
        }

        /** Each event once, then: nothing lost that something doubled hides. */
        private void check() {
            if (total != (long) expected * (expected - 1) / 2) {
                throw new IllegalStateException("events were lost and doubled");
            }
            total = 0;
            count = 0;
        }
    }
}
