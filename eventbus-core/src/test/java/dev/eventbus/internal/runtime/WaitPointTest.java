/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.fixture.ManualClocks;
import dev.eventbus.fixture.TestPorts;
import dev.eventbus.fixture.Threads;
import dev.eventbus.spi.BusRuntime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WaitPointTest {
    private static final int ROUNDS = 10_000;

    private final ManualClocks clocks = new ManualClocks();
    private final CountDownLatch parked = new CountDownLatch(1);
    private final WaitPoint point = new WaitPoint(TestPorts.of(clocks, new ForEver(parked)));

    @Test
    void does_not_park_when_the_condition_holds() throws InterruptedException {
        point.await(() -> true, far());

        assertThat(parked.getCount()).isEqualTo(1);
    }

    @Test
    void does_not_park_when_the_deadline_has_come() throws InterruptedException {
        point.await(() -> false, clocks.monotonicNanos());

        assertThat(parked.getCount()).isEqualTo(1);
    }

    @Test
    void returns_when_it_is_woken_and_the_condition_holds() {
        AtomicBoolean condition = new AtomicBoolean();
        FutureTask<Boolean> waiter = waiter(condition);
        Threads.await(parked, "the waiter's park");

        condition.set(true);
        point.wakeAll();

        assertThat(Threads.result(waiter, "the wake-up")).isTrue();
    }

    @Test
    void ends_with_an_exception_when_interrupted_before() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> point.await(() -> false, far())).isInstanceOf(InterruptedException.class)
                .hasMessage("interrupted while waiting for the bus; the wait changed nothing");
        assertThat(Thread.interrupted()).as("the flag, which the exception takes over").isFalse();
    }

    @Test
    void ends_with_an_exception_when_interrupted_while_it_waits() throws InterruptedException {
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread waiter = Thread.ofPlatform().daemon().start(() -> {
            try {
                point.await(() -> false, far());
            } catch (InterruptedException expected) {
                interrupted.set(true);
            }
        });
        Threads.await(parked, "the waiter's park");

        waiter.interrupt();

        assertThat(waiter.join(java.time.Duration.ofSeconds(30))).as("never came: the end of the waiter").isTrue();
        assertThat(interrupted).isTrue();
    }

    @Test
    void an_interrupt_does_not_matter_when_the_condition_holds() throws InterruptedException {
        Thread.currentThread().interrupt();

        point.await(() -> true, far());

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_condition_that_throws_leaves_nobody_behind() {
        assertThatThrownBy(() -> point.await(() -> {
            throw new IllegalStateException("broken");
        }, far())).hasMessage("broken");

        assertThat(parked.getCount()).isEqualTo(1);
        point.wakeAll();
    }

    @Test
    void no_wake_up_is_lost_between_the_question_and_the_park() {
        AtomicBoolean condition = new AtomicBoolean();

        FutureTask<Boolean> waiter = Threads.start(() -> {
            point.await(() -> {
                boolean answer = condition.getAndSet(true);
                if (!answer) {
                    point.wakeAll();
                }
                return answer;
            }, far());
            return condition.get();
        });

        assertThat(Threads.result(waiter, "the wake-up")).isTrue();
    }

    @Test
    void waking_nobody_does_nothing() {
        point.wakeAll();

        assertThat(parked.getCount()).isEqualTo(1);
    }

    @Test
    void no_wake_up_is_lost_in_10_000_rounds_of_two_threads() {
        // The runtime parks without end: a wake-up that is lost is a thread that never comes back.
        AtomicBoolean[] conditions = new AtomicBoolean[ROUNDS];
        WaitPoint[] points = new WaitPoint[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            conditions[i] = new AtomicBoolean();
            points[i] = new WaitPoint(TestPorts.of(clocks, new ForEver(new CountDownLatch(0))));
        }

        // Each waits for what the other says in every second round, so that they meet again and again.
        Threads.together(2, thread -> () -> {
            for (int i = 0; i < ROUNDS; i++) {
                if (i % 2 == thread) {
                    points[i].await(conditions[i]::get, far());
                } else {
                    conditions[i].set(true);
                    points[i].wakeAll();
                }
            }
            return thread;
        });

        assertThat(conditions).allMatch(AtomicBoolean::get);
    }

    private FutureTask<Boolean> waiter(AtomicBoolean condition) {
        return Threads.start(() -> {
            point.await(condition::get, far());
            return condition.get();
        });
    }

    private long far() {
        return clocks.monotonicNanos() + Long.MAX_VALUE / 4;
    }

    /** Parks until somebody unparks or interrupts. */
    private record ForEver(CountDownLatch parked) implements BusRuntime {
        @Override
        public void parkUntil(long monotonicNanos) {
            parked.countDown();
            LockSupport.park(this);
        }

        @Override
        public void unpark(Thread thread) {
            LockSupport.unpark(thread);
        }

        @Override
        public void interrupt(Thread thread) {
            throw new AssertionError("a wait interrupts nobody");
        }

        @Override
        public void start(String name, Runnable task) {
            throw new AssertionError("a wait starts nothing");
        }
    }
}
