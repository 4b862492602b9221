/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.event;

import dev.eventbus.spi.Clocks;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes UUIDv7 (RFC 9562, section 5.7; section 6.2, method 1) that rise strictly: an id whose making began after
 * another's had ended is greater, whatever the wall clock does meanwhile. Thread-safe.
 *
 * <p>Layout: 48 bits of milliseconds that never go back, version, 12 + 38 bits of one counter, variant, 24 bits that
 * look random. The counter is never reset, so the ids of a stopped clock go on without borrowing time from the future;
 * it starts at random below 2^48 and so lasts for 8 * 10^14 ids. The two halves are made apart, so that a publish
 * allocates no UUID.
 */
public final class EventIds {
    private static final int LOW_BITS = 38;
    private static final int TAIL_BITS = 24;
    private static final long LOW_MASK = (1L << LOW_BITS) - 1;
    private static final long VERSION = 7L << 12;
    private static final long VARIANT = 1L << 63;

    private final AtomicLong counter;
    private final AtomicLong lastMillis = new AtomicLong();
    private final long secret;
    private final Clocks clocks;

    /**
     * Creates a source.
     *
     * @param clocks the wall clock
     * @param random start of the counter, and what makes the tails differ between buses
     */
    public EventIds(Clocks clocks, RandomGenerator random) {
        this.clocks = clocks;
        this.counter = new AtomicLong(random.nextLong() >>> 16);
        this.secret = random.nextLong();
    }

    /**
     * Takes the next number; the two halves of one id are made from the same one.
     *
     * @return the counter
     */
    public long next() {
        return counter.getAndIncrement();
    }

    /**
     * Makes the upper half.
     *
     * @param wallMillis the wall clock, just read
     * @param number from {@link #next()}
     * @return bits 127 to 64
     */
    public long high(long wallMillis, long number) {
        return (neverBack(wallMillis) << 16) | VERSION | ((number >>> LOW_BITS) & 0xFFF);
    }

    /**
     * Makes the lower half.
     *
     * @param number from {@link #next()}
     * @return bits 63 to 0
     */
    public long low(long number) {
        return VARIANT | ((number & LOW_MASK) << TAIL_BITS) | tail(number);
    }

    /**
     * Makes an id.
     *
     * @return the next one
     */
    public UUID nextId() {
        long number = next();
        return new UUID(high(clocks.wallMillis(), number), low(number));
    }

    // Two ids with equal milliseconds are told apart by the counter; so it is enough that the milliseconds do not fall.
    private long neverBack(long wallMillis) {
        long last = lastMillis.get();
        while (wallMillis > last) {
            if (lastMillis.compareAndSet(last, wallMillis)) {
                return wallMillis;
            }
            last = lastMillis.get();
        }
        return last;
    }

    // The finalizer of SplittableRandom (Steele, Lea, Flood, OOPSLA 2014): neighbours get unlike tails without shared
    // state.
    private long tail(long number) {
        long z = (number ^ secret) * 0xbf58476d1ce4e5b9L;
        return ((z ^ (z >>> 27)) * 0x94d049bb133111ebL) >>> (64 - TAIL_BITS);
    }
}
