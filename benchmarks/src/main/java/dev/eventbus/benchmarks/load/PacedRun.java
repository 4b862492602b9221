/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.load;

import dev.eventbus.benchmarks.contender.Contender;
import dev.eventbus.benchmarks.contender.Tick;
import dev.eventbus.benchmarks.contender.TickHandler;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Events at a fixed rate, each with a time at which it should be published, and how long after that its handler began.
 *
 * <p>The times are fixed before the first event. A publisher that falls behind, because the bus held it up or because the machine
 * did, publishes at once until it has caught up, and what the events waited for it is part of their latency: there is no
 * coordinated omission. The publisher parks until 60 us before the next time (what Linux is late by) and spins for the rest.
 *
 * <p>Handlers write the time into a place of their own and may run at once. Not thread-safe otherwise; one thread at a time.
 */
public final class PacedRun {
    private static final int KEYS = 10_000;
    private static final long SPIN_NANOS = 60_000;
    private static final long LOOK_NANOS = 1_000_000;

    private final int events;
    private final long intervalNanos;
    private final String[] keys = new String[KEYS];
    private final AtomicLongArray begun;
    private final long[] published;
    // written before the first publish
    private long startNanos;

    /**
     * Plans a run.
     *
     * @param events how many
     * @param eventsPerSecond rate
     */
    public PacedRun(int events, int eventsPerSecond) {
        this.events = events;
        intervalNanos = 1_000_000_000L / eventsPerSecond;
        begun = new AtomicLongArray(events);
        published = new long[events];
        for (int i = 0; i < KEYS; i++) {
            keys[i] = "key-" + i;
        }
    }

    /**
     * Returns what to subscribe.
     *
     * @return a handler, for one subscription
     */
    public TickHandler handler() {
        return tick -> begun.setOpaque(tick.index(), sinceIntended(tick.index()));
    }

    /** Never 0, which means not yet. */
    private long sinceIntended(int index) {
        return Math.max(1, System.nanoTime() - startNanos - index * intervalNanos);
    }

    /**
     * Publishes all events and waits until the last handler has begun.
     *
     * @param bus where the handler is subscribed
     * @throws IllegalStateException if an event did not arrive within 60 s of the last publish
     */
    public void run(Contender bus) {
        startNanos = System.nanoTime() + LOOK_NANOS;
        for (int i = 0; i < events; i++) {
            awaitTime(startNanos + i * intervalNanos);
            published[i] = sinceIntended(i);
            bus.publish(new Tick(i, keys[i % KEYS]));
        }
        awaitHandlers(System.nanoTime() + Arrivals.LONGEST.toNanos());
    }

    private static void awaitTime(long intended) {
        long left = intended - System.nanoTime();
        while (left > 0) {
            if (left > SPIN_NANOS) {
                LockSupport.parkNanos(left - SPIN_NANOS);
            } else {
                Thread.onSpinWait();
            }
            left = intended - System.nanoTime();
        }
    }

    private void awaitHandlers(long deadline) {
        for (int i = 0; i < events; i++) {
            while (begun.getOpaque(i) == 0) {
                LockSupport.parkNanos(LOOK_NANOS);
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("event " + i + " did not arrive (events=" + events + ")");
                }
            }
        }
    }

    /**
     * Returns the time from an event's intended publish to the beginning of its handler.
     *
     * @param from first event that counts
     * @return nanoseconds
     */
    public Histogram latencies(int from) {
        Histogram result = new Histogram(3);
        for (int i = from; i < events; i++) {
            result.recordValue(begun.get(i));
        }
        return result;
    }

    /**
     * Returns how late events were published: the part of the latency before the bus was called.
     *
     * @param from first event that counts
     * @return nanoseconds
     */
    public Histogram lateness(int from) {
        Histogram result = new Histogram(3);
        for (int i = from; i < events; i++) {
            result.recordValue(published[i]);
        }
        return result;
    }
}
