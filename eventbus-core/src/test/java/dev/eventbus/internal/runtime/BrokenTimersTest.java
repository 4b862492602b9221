/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.fixture.HookedRuntime;
import dev.eventbus.fixture.TestPorts;
import dev.eventbus.fixture.Threads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread that could not be started is the misfortune of the one who was told, and of nobody else. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class BrokenTimersTest {
    private final HookedRuntime runtime = new HookedRuntime();
    private final Timers timers = new Timers("timers", TestPorts.of(runtime, runtime));
    private final CountDownLatch relied = new CountDownLatch(1);
    private final AtomicBoolean refused = new AtomicBoolean();

    /** Breaks the first starts; during the first, another thread relies on it. */
    private void breakStarts(int howMany) {
        AtomicInteger starts = new AtomicInteger();
        runtime.atStart(name -> {
            int start = starts.incrementAndGet();
            if (start == 1) {
                schedule(relied::countDown);
            }
            if (start <= howMany) {
                throw new IllegalStateException("planted: start " + start);
            }
        });
    }

    private void schedule(Runnable task) {
        timers.schedule(runtime.monotonicNanos(), task);
    }

    @Test
    void a_task_that_relied_on_a_thread_that_could_not_be_started_runs_on_another() {
        breakStarts(1);

        assertThatThrownBy(() -> schedule(() -> refused.set(true))).hasMessage("planted: start 1");

        Threads.await(relied, "the task whose scheduling succeeded");
        runtime.awaitThreads();
        assertThat(refused).as("the task whose scheduling was refused has run").isFalse();
    }

    @Test
    void a_task_that_no_thread_could_be_started_for_runs_with_the_next_one() {
        breakStarts(2);
        assertThatThrownBy(() -> schedule(() -> refused.set(true))).isInstanceOf(IllegalStateException.class);
        CountDownLatch next = new CountDownLatch(1);

        schedule(next::countDown);

        Threads.await(relied, "the task whose scheduling succeeded");
        Threads.await(next, "the next task");
        runtime.awaitThreads();
        assertThat(refused).as("the task whose scheduling was refused has run").isFalse();
    }
}
