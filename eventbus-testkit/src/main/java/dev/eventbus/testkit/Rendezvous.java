/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets threads of the machine collide, and says what came of each.
 *
 * {@snippet class="dev.eventbus.testkit.RendezvousTest" region="collide"}
 *
 * <p>Each task has a thread of its own. None begins before all threads have come; then all begin at once, as far as the
 * machine lets them. Such threads do not belong to a {@link TestEventBus} unless it is
 * {@link TestEventBusBuilder#threaded() threaded}: there a seed draws the interleavings. Stateless.
 *
 * @since 0.1
 */
public final class Rendezvous {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Rendezvous() {
    }

    /**
     * Runs tasks on platform threads at the same time, and waits up to 30 seconds for them.
     *
     * @param <T> what a task returns
     * @param tasks how many, at least 1
     * @param task run once for each number from 0 to tasks - 1, by several threads at the same time
     * @return what came of each task, in the order of their numbers
     * @throws MissingTasksError if not all come back in time
     * @throws IllegalArgumentException if there is no task
     * @throws IllegalStateException if the calling thread is interrupted; the tasks are interrupted then, and not waited for
     */
    public static <T extends @Nullable Object> List<TaskOutcome<T>> collide(int tasks, NumberedTask<T> task) {
        return collide(tasks, task, Thread.ofPlatform().name("rendezvous-", 0).daemon().factory(), PATIENCE);
    }

    /**
     * Runs tasks on threads of the test's choice at the same time, and waits for them.
     *
     * {@snippet class="dev.eventbus.testkit.RendezvousTest" region="virtual"}
     *
     * @param <T> what a task returns
     * @param tasks how many, at least 1
     * @param task run once for each number from 0 to tasks - 1, by several threads at the same time
     * @param threads makes a thread for each, such as {@code Thread.ofVirtual().factory()}
     * @param patience how long to wait for all together, more than zero
     * @return what came of each task, in the order of their numbers
     * @throws MissingTasksError if not all come back in time; those that have not are interrupted
     * @throws IllegalArgumentException if there is no task or no patience
     * @throws IllegalStateException if the calling thread is interrupted; the tasks are interrupted then, and not waited for
     */
    public static <T extends @Nullable Object> List<TaskOutcome<T>> collide(int tasks, NumberedTask<T> task,
            ThreadFactory threads, Duration patience) {
        if (tasks < 1) {
            throw new IllegalArgumentException("tasks must be >= 1, was " + tasks);
        }
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("patience must be > PT0S, was " + patience);
        }
        Collision<T> collision = new Collision<>(tasks, task);
        List<Thread> started = start(collision, tasks, threads);
        await(collision, started, patience);
        List<Integer> missing = collision.missing(); // none of those that come back in this moment
        if (!missing.isEmpty()) {
            throw missing(missing, started, patience);
        }
        return collision.outcomes();
    }

    private static List<Thread> start(Collision<?> collision, int tasks, ThreadFactory threads) {
        List<Thread> started = new ArrayList<>(tasks);
        try {
            for (int i = 0; i < tasks; i++) {
                int number = i;
                Thread thread = Objects.requireNonNull(threads.newThread(() -> collision.run(number)),
                        () -> "the thread factory returned no thread for task " + number);
                thread.start();
                started.add(thread);
            }
            return started;
        } catch (Throwable failure) {
            started.forEach(Thread::interrupt); // they wait for one that never comes
            throw failure;
        }
    }

    private static void await(Collision<?> collision, List<Thread> started, Duration patience) {
        try {
            boolean unused = collision.ended().await(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            started.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the thread of the test was interrupted while it waited for "
                    + started.size() + " tasks, which are interrupted too", interrupted);
        }
    }

    private static MissingTasksError missing(List<Integer> missing, List<Thread> started, Duration patience) {
        MissingTasksError error = new MissingTasksError(missing, started.size(), patience);
        for (int number : missing) {
            Thread thread = started.get(number);
            error.addSuppressed(new MissingTasksError.Place(number, thread.getStackTrace()));
            thread.interrupt();
        }
        return error;
    }

    /**
     * One of the tasks that collide.
     *
     * @param <T> what it returns
     * @since 0.1
     */
    @FunctionalInterface
    public interface NumberedTask<T extends @Nullable Object> {
        /**
         * Runs a task; whatever it throws is its outcome.
         *
         * @param number from 0
         * @return anything, null where there is nothing to say
         * @throws Exception if it failed
         */
        T run(int number) throws Exception;
    }
}
