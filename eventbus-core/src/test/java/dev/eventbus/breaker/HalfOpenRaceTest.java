/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.fixture.Threads;
import dev.eventbus.spi.Clocks;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Real threads at the moment at which the open time is over (B30); more rounds with {@code -Dbreaker.rounds=100000}.
 *
 * <p>A barrier lets its threads go one after the other, too far apart for a fault of some nanoseconds. So the clock, which
 * each of them reads just before it asks or counts, lets the first of them go on in pairs.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HalfOpenRaceTest {
    private static final int ROUNDS = 2_000; // of a lap, which ends within the bound of a thread
    private static final int LAPS = Integer.getInteger("breaker.rounds", ROUNDS) / ROUNDS;
    private static final int THREADS = 64;
    private static final int PERMITS = 4;
    private static final long BOUND_SECONDS = 30;

    private final Meeting clocks = new Meeting();
    private final CircuitBreaker breaker = CircuitBreaker.create("ledger", Circuit.TOUCHY.halfOpen(PERMITS), clocks);
    private final AtomicInteger passed = new AtomicInteger();

    @Test
    void exactly_as_many_pass_as_there_are_permits() {
        for (int lap = 0; lap < LAPS; lap++) {
            raceForPermits();
        }

        clocks.off();
        assertThat(breaker.metrics().refused()).isEqualTo((long) LAPS * ROUNDS * (THREADS - PERMITS));
    }

    private void raceForPermits() {
        int[] rounds = {0};
        CyclicBarrier barrier = new CyclicBarrier(THREADS, () -> {
            assertThat(passed.getAndSet(0)).as("passed in round %s", rounds[0]).isEqualTo(rounds[0] == 0 ? 0 : PERMITS);
            rounds[0]++;
            openWithItsTimeOver();
            clocks.on();
        });

        Threads.together(THREADS, i -> rounds(barrier, () -> {
            if (breaker.acquire() instanceof Permit) {
                passed.incrementAndGet();
            }
        }));

        assertThat(rounds[0]).isEqualTo(ROUNDS + 1);
    }

    @Test
    void results_of_all_permits_make_one_verdict_and_one_change() {
        AtomicInteger closed = new AtomicInteger();
        breaker.onChange(change -> {
            if (change.from() == CircuitState.HALF_OPEN) {
                closed.incrementAndGet();
            }
        });
        for (int lap = 0; lap < LAPS; lap++) {
            raceForTheVerdict(closed);
        }
    }

    private void raceForTheVerdict(AtomicInteger closed) {
        clocks.off();
        breaker.reset();
        closed.set(0);
        Permit[] permits = new Permit[PERMITS];
        int[] rounds = {0};
        CyclicBarrier barrier = new CyclicBarrier(PERMITS, () -> {
            assertThat(closed.getAndSet(0)).as("changes in round %s", rounds[0]).isEqualTo(rounds[0] == 0 ? 0 : 1);
            assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
            rounds[0]++;
            openWithItsTimeOver();
            for (int i = 0; i < PERMITS; i++) {
                permits[i] = (Permit) breaker.acquire();
            }
            clocks.on();
        });

        Threads.together(PERMITS, i -> rounds(barrier, () -> permits[i].succeeded(0)));

        assertThat(rounds[0]).isEqualTo(ROUNDS + 1);
    }

    private void openWithItsTimeOver() {
        clocks.off();
        breaker.reset();
        ((Permit) breaker.acquire()).failed(Circuit.FAILURE, 0);
        clocks.advance(Circuit.OPEN_FOR);
    }

    private static Callable<Integer> rounds(CyclicBarrier barrier, Runnable work) {
        return () -> {
            for (int round = 0; round < ROUNDS; round++) {
                barrier.await(BOUND_SECONDS, TimeUnit.SECONDS);
                work.run();
            }
            return barrier.await(BOUND_SECONDS, TimeUnit.SECONDS); // its action judges the last round
        };
    }

    /** A clock that two threads read at the same time, or nearly so: another distance in each round. Thread-safe. */
    private static final class Meeting implements Clocks {
        private static final int MEETING = 2 * PERMITS; // of each round
        private static final int DISTANCES = 128;
        private static final int SPINS = 200;

        private final AtomicInteger readers = new AtomicInteger(MEETING);
        private volatile long nanos;
        private volatile int distance;

        void advance(Duration time) {
            nanos = nanos + time.toNanos();
        }

        /** Lets nobody wait. */
        void off() {
            readers.set(MEETING);
        }

        void on() {
            distance = (distance + 1) % DISTANCES;
            readers.set(0);
        }

        @Override
        public long monotonicNanos() {
            if (readers.get() < MEETING) {
                meet(readers.incrementAndGet());
            }
            return nanos;
        }

        private void meet(int own) {
            for (int spins = 1; own <= MEETING && readers.get() < own + own % 2; spins++) {
                if (spins % SPINS == 0) {
                    Thread.yield();
                }
            }
            for (int i = 0; own % 2 == 0 && i < distance; i++) {
                int unused = readers.get(); // who comes second need not be told, and is that much ahead
            }
        }

        @Override
        public long wallMillis() {
            return 0;
        }
    }
}
