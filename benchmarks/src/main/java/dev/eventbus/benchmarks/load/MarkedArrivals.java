/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.load;

import dev.eventbus.benchmarks.contender.Tick;
import dev.eventbus.benchmarks.contender.TickHandler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Marks every event in a byte of its own, for handlers that are called by several threads at once: a counter that they share
 * would cost more than the delivery.
 *
 * <p>The waiting thread looks at the marks every 20 us (Linux makes it about 75), which adds that much to a batch of 10 ms and
 * more, for every bus alike. Thread-safe.
 */
final class MarkedArrivals implements Arrivals {
    // opaque in Marks.handle and await: a mark is all that travels
    private static final VarHandle MARK = MethodHandles.arrayElementVarHandle(byte[].class);
    private static final long LOOK_NANOS = 20_000;

    private final List<Marks> marks;
    // written by the waiting thread before it publishes, read by handlers of that batch
    private byte batch;
    private int expected;

    MarkedArrivals(int subscriptions, int mostEvents) {
        marks = Stream.generate(() -> new Marks(mostEvents)).limit(subscriptions).toList();
    }

    @Override
    public List<TickHandler> handlers() {
        return List.copyOf(marks);
    }

    @Override
    public void expect(int events) {
        batch++; // 256 batches later a mark means another batch, but all marks are new by then
        expected = events;
    }

    @Override
    public void await() {
        long start = System.nanoTime();
        for (Marks handler : marks) {
            for (int i = 0; i < expected; i++) {
                while ((byte) MARK.getOpaque(handler.bytes, i) != batch) {
                    LockSupport.parkNanos(LOOK_NANOS);
                    if (System.nanoTime() - start > LONGEST.toNanos()) {
                        throw new IllegalStateException("event " + i + " did not arrive (expected=" + expected + ")");
                    }
                }
            }
        }
    }

    /** One handler. Thread-safe. */
    private final class Marks implements TickHandler {
        private final byte[] bytes;

        Marks(int mostEvents) {
            bytes = new byte[mostEvents];
        }

        @Override
        public void handle(Tick tick) {
            MARK.setOpaque(bytes, tick.index(), batch);
        }
    }
}
