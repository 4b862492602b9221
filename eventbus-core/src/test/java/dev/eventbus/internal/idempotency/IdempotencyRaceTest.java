/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.fixture.Threads;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.idempotency.IdempotencyStore;
import dev.eventbus.internal.idempotency.ClaimAnswer.Broken;
import dev.eventbus.internal.idempotency.ClaimAnswer.BusyElsewhere;
import dev.eventbus.internal.idempotency.ClaimAnswer.BusyHere;
import dev.eventbus.internal.idempotency.ClaimAnswer.Duplicate;
import dev.eventbus.internal.idempotency.ClaimAnswer.Granted;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Many threads and few keys, on the machine's threads; RELIABILITY B32.
 *
 * <p>{@code -Dstress.idempotencyRounds=10000} and {@code -Dstress.idempotencyKeys=10000} are the long form.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class IdempotencyRaceTest {
    private static final int THREADS = 64;
    private static final int ROUNDS = Integer.getInteger("stress.idempotencyRounds", 500);
    private static final int KEYS = Integer.getInteger("stress.idempotencyKeys", 500);
    private static final int ROUNDS_OF_KEYS = 10;
    private static final IdempotencyPolicy POLICY = IdempotencyPolicy.byEventId(Duration.ofHours(1));

    private final LongAdder waits = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /** One key: at most one run of it at a time, and as many failures as planned before the one success. */
    private final class Runs {
        private final AtomicIntegerArray inside;
        private final AtomicIntegerArray succeeded;
        private final AtomicIntegerArray attempts;

        Runs(int keys) {
            inside = new AtomicIntegerArray(keys);
            succeeded = new AtomicIntegerArray(keys);
            attempts = new AtomicIntegerArray(keys);
        }

        void run(int key, int failing, Claim claim, CountDownLatch others) {
            assertThat(inside.incrementAndGet(key)).as("attempts of key %s at once", key).isEqualTo(1);
            Threads.await(others, "the others, who wait");
            boolean fails = attempts.incrementAndGet(key) <= failing;
            if (!fails) {
                succeeded.incrementAndGet(key);
            }
            inside.decrementAndGet(key);
            if (fails) {
                failures.increment();
                claim.release();
            } else {
                claim.complete();
            }
        }
    }

    // as a lane does, but that its thread waits
    private void handleOnce(IdempotencyGuard guard, int key, Runs runs, CountDownLatch others) {
        while (true) {
            CountDownLatch free = new CountDownLatch(1);
            switch (guard.claim("s", "k" + key, POLICY, free::countDown)) {
                case Granted granted -> runs.run(key, key % 3, granted.claim(), others);
                case BusyHere busy -> {
                    waits.increment();
                    others.countDown();
                    Threads.await(free, "the end of the claim of " + key);
                }
                case Duplicate duplicate -> {
                    return;
                }
                case BusyElsewhere elsewhere -> throw new AssertionError("there is one bus");
                case Broken broken -> throw broken.failure();
            }
        }
    }

    @Test
    void of_64_threads_with_one_key_one_runs_at_a_time_and_one_succeeds() {
        IdempotencyGuard guard = new IdempotencyGuard("b", IdempotencyStore.inMemory(ROUNDS));
        Runs runs = new Runs(ROUNDS);

        // The first attempt of a round ends when all the others wait for it.
        List<CountDownLatch> others = IntStream.range(0, ROUNDS).mapToObj(i -> new CountDownLatch(THREADS - 1))
                .toList();
        CyclicBarrier together = new CyclicBarrier(THREADS);

        Threads.together(THREADS, thread -> () -> {
            for (int round = 0; round < ROUNDS; round++) {
                int unused = together.await(30, TimeUnit.SECONDS);
                handleOnce(guard, round, runs, others.get(round));
            }
            return true;
        });

        checkRuns("one key", ROUNDS, runs);
        assertThat(failures.sum()).isEqualTo(failuresOf(ROUNDS));
        assertThat(waits.sum()).isGreaterThanOrEqualTo((THREADS - 1L) * ROUNDS);
    }

    @Test
    void of_64_threads_with_many_keys_each_key_runs_once_a_round_and_none_is_stuck() {
        int all = KEYS * ROUNDS_OF_KEYS;
        IdempotencyGuard guard = new IdempotencyGuard("b", IdempotencyStore.inMemory(all));
        Runs runs = new Runs(all);
        CountDownLatch nobody = new CountDownLatch(0);

        Threads.together(THREADS, thread -> () -> {
            for (int number = 0; number < all; number++) {
                int key = number / KEYS * KEYS + (number + thread % 4) % KEYS; // not all in the same order
                handleOnce(guard, key, runs, nobody);
            }
            return true;
        });

        checkRuns("many keys", all, runs);
        assertThat(failures.sum()).isEqualTo(failuresOf(all));
        assertThat(guard.forgotten()).isZero();
    }

    private void checkRuns(String what, int keys, Runs runs) {
        for (int key = 0; key < keys; key++) {
            assertThat(runs.succeeded.get(key)).as("successes of key %s", key).isEqualTo(1);
        }
        System.out.println("idempotency, " + what + ": " + THREADS + " threads, " + keys + " keys, " + keys
                + " successes, " + failures + " failed attempts, " + waits + " waits, 0 stuck");
    }

    private static long failuresOf(int keys) {
        return IntStream.range(0, keys).mapToLong(key -> key % 3).sum();
    }
}
