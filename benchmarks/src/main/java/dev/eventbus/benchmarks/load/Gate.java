/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.load;

import dev.eventbus.benchmarks.contender.TickHandler;
import java.util.concurrent.CountDownLatch;

/**
 * Holds handlers up until a batch is published, so that publishing and handling take turns.
 *
 * <p>Side by side they slow each other down by more or less, as the scheduler likes, and the same bus takes twice as long in one
 * run as in the next. Thread-safe.
 */
final class Gate {
    private volatile CountDownLatch closed = new CountDownLatch(0);

    TickHandler before(TickHandler handler) {
        return tick -> {
            pass();
            handler.handle(tick);
        };
    }

    private void pass() {
        CountDownLatch latch = closed;
        if (latch.getCount() == 0) {
            return;
        }
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        closed = new CountDownLatch(1);
    }

    void open() {
        closed.countDown();
    }
}
