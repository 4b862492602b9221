/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import dev.eventbus.spi.Clocks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a time that moves only when told.
 *
 * <p>{@link #advance} moves both clocks alike, {@link #jumpWall} the wall clock alone. Starts on 2026-01-01 and with a
 * monotonic clock of 0 unless said otherwise. That of a {@link TestEventBus} lets the bus run meanwhile; any other wakes
 * nobody. Thread-safe.
 *
 * @since 0.1
 */
public final class VirtualTime implements Clocks {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long monotonicStart;
    private final AtomicLong elapsedNanos = new AtomicLong();
    private final AtomicLong wallStart; // moved by jumps
    private volatile @Nullable Consumer<Duration> bus; // lets time pass for a bus that runs on it

    /** Creates a time that starts on 2026-01-01 and at 0 nanoseconds. */
    public VirtualTime() {
        this(START, 0);
    }

    /**
     * Creates a time.
     *
     * @param wall first reading of the wall clock, in whole milliseconds
     * @param monotonicNanos first reading of the monotonic clock; any number, as with {@link System#nanoTime()}
     */
    public VirtualTime(Instant wall, long monotonicNanos) {
        wallStart = new AtomicLong(wall.toEpochMilli());
        monotonicStart = monotonicNanos;
    }

    /**
     * Lets time pass.
     *
     * @param duration how much, not negative
     * @return this
     * @throws IllegalArgumentException if the duration is negative
     */
    public VirtualTime advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(
                    "duration must be >= 0, was " + duration + "; only the wall clock can go back");
        }
        Consumer<Duration> running = bus;
        if (running == null) {
            advanceNanos(duration.toNanos());
        } else {
            running.accept(duration);
        }
        return this;
    }

    /**
     * Sets the wall clock forward or back, as an administrator or a time server does; the monotonic clock stays.
     *
     * {@snippet class="dev.eventbus.testkit.fault.FaultDemonstrationTest" region="clock"}
     *
     * @param difference how much, in whole milliseconds; negative to go back
     * @return this
     */
    public VirtualTime jumpWall(Duration difference) {
        wallStart.addAndGet(difference.toMillis());
        return this;
    }

    /**
     * Returns the wall clock for code that takes one of the JDK's, in UTC; it jumps too.
     *
     * @return a clock that reads this time
     */
    public Clock wallClock() {
        InstantSource wall = () -> Instant.ofEpochMilli(wallMillis());
        return wall.withZone(ZoneOffset.UTC);
    }

    /**
     * Returns how much time has passed since the start; jumps of the wall clock do not count.
     *
     * @return the duration
     */
    public Duration elapsed() {
        return Duration.ofNanos(elapsedNanos.get());
    }

    @Override
    public long wallMillis() {
        return wallStart.get() + elapsedNanos.get() / NANOS_PER_MILLI;
    }

    @Override
    public long monotonicNanos() {
        return monotonicStart + elapsedNanos.get();
    }

    void runs(Consumer<Duration> running) {
        bus = running;
    }

    void advanceNanos(long nanos) {
        elapsedNanos.addAndGet(nanos);
    }
}
