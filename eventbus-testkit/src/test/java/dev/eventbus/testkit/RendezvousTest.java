/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.eventbus.publish.Receipt;
import dev.eventbus.testkit.Shop.OrderPaid;
import dev.eventbus.testkit.Shop.OrderPlaced;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class RendezvousTest {
    private static final ThreadFactory VIRTUAL = Thread.ofVirtual().factory();

    @Test
    void only_one_of_many_gets_the_last_book() {
        AtomicInteger books = new AtomicInteger(1);

        // @start region="collide"
        List<TaskOutcome<Boolean>> outcomes = Rendezvous.collide(8, buyer -> books.getAndDecrement() > 0);

        assertThat(outcomes).extracting(TaskOutcome::value).containsOnlyOnce(true);
        // @end region="collide"
    }

    @Test
    void publishers_on_virtual_threads_collide() {
        // @start region="virtual"
        try (TestEventBus bus = TestEventBus.builder().threaded().build()) {
            Queue<OrderPlaced> placed = new ConcurrentLinkedQueue<>();
            bus.subscribe(OrderPlaced.class, "shipping", placed::add);

            List<TaskOutcome<Receipt>> receipts = Rendezvous.collide(100,
                    task -> bus.publish(new OrderPlaced("A-" + task, task)),
                    Thread.ofVirtual().factory(), Duration.ofSeconds(10));
            bus.awaitIdle();

            assertThat(receipts).extracting(outcome -> outcome.value().isDone()).doesNotContain(false);
            assertThat(placed).hasSize(100);
        }
        // @end region="virtual"
    }

    @Test
    void outcomes_come_in_the_order_of_the_tasks() {
        IOException down = new IOException("down");
        List<TaskOutcome<String>> outcomes = Rendezvous.collide(3, task -> {
            if (task == 1) {
                throw down;
            }
            return "result " + task;
        });

        assertThat(outcomes).containsExactly(new TaskOutcome.Returned<>(0, "result 0"),
                new TaskOutcome.Threw<>(1, down),
                new TaskOutcome.Returned<>(2, "result 2"));
        assertThat(outcomes).extracting(TaskOutcome::task).containsExactly(0, 1, 2);
        assertThat(outcomes.getFirst().value()).isEqualTo("result 0");
        assertThat(outcomes).extracting(TaskOutcome::toString).containsExactly("task 0 returned",
                "task 1 threw java.io.IOException", "task 2 returned");
    }

    @Test
    void a_task_that_threw_has_no_value_and_says_why() {
        Error broken = new StackOverflowError("too deep");
        TaskOutcome<OrderPaid> outcome = Rendezvous.<OrderPaid>collide(1, task -> {
            throw broken;
        }).getFirst();

        assertThatThrownBy(outcome::value).isInstanceOf(AssertionError.class).hasCause(broken)
                .hasMessage("Task 0 has no value: it threw java.lang.StackOverflowError; its cause says where");
    }

    @Test
    void a_task_may_have_nothing_to_say() {
        assertThat(Rendezvous.collide(2, task -> null)).extracting(TaskOutcome::value).containsOnlyNulls();
    }

    @Test
    void none_begins_before_all_have_come() {
        AtomicInteger come = new AtomicInteger();
        ThreadFactory counting = task -> new Thread(() -> {
            come.incrementAndGet();
            task.run();
        });

        List<TaskOutcome<Integer>> seen = Rendezvous.collide(20, task -> come.get(), counting, Duration.ofSeconds(30));

        assertThat(seen).extracting(TaskOutcome::value).containsOnly(20);
    }

    @Test
    void all_run_at_the_same_time() {
        CyclicBarrier together = new CyclicBarrier(50);

        assertThat(
                Rendezvous.collide(50, task -> together.await(30, TimeUnit.SECONDS), VIRTUAL, Duration.ofSeconds(40)))
                .allSatisfy(outcome -> assertThat(outcome.value()).isBetween(0, 49));
    }

    @Test
    void those_who_do_not_come_back_are_named_and_interrupted() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(2);

        MissingTasksError missing = catchThrowableOfType(MissingTasksError.class,
                () -> Rendezvous.collide(4, task -> task % 2 == 0 ? task : stuck(never, interrupted), VIRTUAL,
                        Duration.ofSeconds(1)));

        assertThat(missing).hasMessage("2 of 4 tasks did not come back within PT1S: task 1, task 3; the suppressed"
                + " exceptions show where they were: end what they wait for, or have more patience");
        assertThat(missing.tasks()).containsExactly(1, 3);
        assertThat(missing.getSuppressed()).extracting(Throwable::getMessage).containsExactly("task 1 was here",
                "task 3 was here");
        assertThat(missing.getSuppressed()[0].getStackTrace()).extracting(StackTraceElement::getMethodName)
                .contains("stuck");
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private static int stuck(CountDownLatch never, CountDownLatch interrupted) throws InterruptedException {
        try {
            never.await();
            return 0;
        } finally {
            interrupted.countDown();
        }
    }

    @Test
    void an_interrupt_of_the_test_reaches_the_tasks() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread test = Thread.currentThread();

        assertThatThrownBy(() -> Rendezvous.collide(1, task -> {
            test.interrupt();
            return stuck(never, interrupted);
        })).isInstanceOf(IllegalStateException.class).hasCauseInstanceOf(InterruptedException.class).hasMessage(
                "the thread of the test was interrupted while it waited for 1 tasks, which are interrupted too");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_thread_that_cannot_be_had_ends_those_that_wait_for_it() throws InterruptedException {
        List<Thread> made = new ArrayList<>();
        ThreadFactory scarce = task -> {
            if (made.size() == 2) {
                return null;
            }
            made.add(new Thread(task));
            return made.getLast();
        };

        assertThatThrownBy(() -> Rendezvous.collide(3, task -> task, scarce, Duration.ofSeconds(30)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the thread factory returned no thread for task 2");
        for (Thread thread : made) {
            assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
        }
    }

    @Test
    void nonsense_is_refused_at_once() {
        assertThatThrownBy(() -> Rendezvous.collide(0, task -> task)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tasks must be >= 1, was 0");
        assertThatThrownBy(() -> Rendezvous.collide(1, task -> task, VIRTUAL, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("patience must be > PT0S, was PT0S");
    }
}
