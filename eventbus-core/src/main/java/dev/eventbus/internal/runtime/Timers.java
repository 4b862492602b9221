/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.runtime;

import dev.eventbus.internal.check.Printable;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks at their moments on one thread, which lives only while there is something to wait for.
 *
 * <p>One entry per waiting key, watched subscription or scheduled publish, so that it is bounded by the bounds of these.
 * Thread-safe.
 */
public final class Timers {
    /** A task and its moment. */
    public static final class Timer {
        private final long atNanos;
        private final long number; // equal moments keep their order, so that a simulation repeats itself
        private final Runnable task;

        private Timer(long atNanos, long number, Runnable task) {
            this.atNanos = atNanos;
            this.number = number;
            this.task = task;
        }
    }

    private static final int MOST_FAILURES = 100;
    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");
    private static final Comparator<Timer> EARLIEST_FIRST = (one, other) -> one.atNanos == other.atNanos
            ? Long.compare(one.number, other.number)
            : Long.signum(one.atNanos - other.atNanos);

    private final String name;
    private final Ports ports;
    private final ReentrantLock lock = new ReentrantLock(); // around the fields below, never around a task or a port
    private final TreeSet<Timer> waiting = new TreeSet<>(EARLIEST_FIRST); // guarded by lock; a set, to cancel in log(n)
    private long numbers; // guarded by lock
    private boolean running; // guarded by lock: a thread was started and has not decided to end
    private @Nullable Thread thread; // guarded by lock: that thread, once it runs

    /**
     * Creates timers without a thread.
     *
     * @param name name of their thread
     * @param ports time and threads
     */
    public Timers(String name, Ports ports) {
        this.name = name;
        this.ports = ports;
    }

    /**
     * Runs a task once at a moment.
     *
     * @param atNanos the moment on the monotonic clock
     * @param task short, and waits for nothing
     * @return to take it back
     */
    public Timer schedule(long atNanos, Runnable task) {
        Timer timer;
        boolean start;
        Thread sleeper = null;
        lock.lock();
        try {
            timer = new Timer(atNanos, numbers++, task);
            waiting.add(timer);
            start = !running;
            running = true;
            if (!start && timer.equals(waiting.first())) {
                sleeper = thread; // null: it has not read the queue yet, and will
            }
        } finally {
            lock.unlock();
        }
        if (start) {
            begin(timer);
        } else if (sleeper != null) {
            ports.runtime().unpark(sleeper);
        }
        return timer;
    }

    private void begin(Timer first) {
        try {
            ports.runtime().start(name, this::run);
        } catch (Throwable broken) {
            if (othersWaitWithout(first)) {
                begin(first); // for those who came meanwhile; once, or the runtime is broken for good
            }
            throw broken;
        }
    }

    // The one whose task cannot be run is told so; those who relied on the same thread are not.
    private boolean othersWaitWithout(Timer first) {
        lock.lock();
        try {
            boolean tried = !waiting.remove(first);
            running = !waiting.isEmpty() && !tried;
            return running;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a task back unless it has begun.
     *
     * @param timer from {@link #schedule}
     */
    public void cancel(Timer timer) {
        Thread sleeper = null;
        lock.lock();
        try {
            if (waiting.remove(timer) && waiting.isEmpty()) {
                sleeper = thread; // it ends, instead of waiting for nothing
            }
        } finally {
            lock.unlock();
        }
        if (sleeper != null) {
            ports.runtime().unpark(sleeper);
        }
    }

    // A clock or runtime that throws once costs a look; one that goes on throwing must not keep a thread busy for ever.
    private void run() {
        int failures = 0;
        Timer next = next();
        while (next != null && failures < MOST_FAILURES) {
            try {
                runOrWait(next);
                failures = 0;
            } catch (Throwable broken) {
                failures++;
                LOG.error("the timers of the bus cannot wait: {}; mend the clock or the runtime",
                        Printable.describe(broken));
            }
            next = next();
        }
        if (next != null) {
            giveUp();
        }
    }

    private void runOrWait(Timer next) {
        long now = ports.clocks().monotonicNanos();
        if (now - next.atNanos < 0) {
            ports.runtime().parkUntil(next.atNanos);
        } else if (take(next)) {
            perform(next);
        }
    }

    // What waits is tried again with the next task.
    private void giveUp() {
        lock.lock();
        try {
            running = false;
            thread = null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Timer next() {
        lock.lock();
        try {
            Timer next = waiting.isEmpty() ? null : waiting.first();
            running = next != null;
            thread = next == null ? null : Thread.currentThread();
            return next;
        } finally {
            lock.unlock();
        }
    }

    private boolean take(Timer timer) {
        lock.lock();
        try {
            return waiting.remove(timer);
        } finally {
            lock.unlock();
        }
    }

    private static void perform(Timer timer) {
        try {
            timer.task.run();
        } catch (Throwable broken) { // of a runtime: the others must run all the same
            LOG.error("a timed task of the bus failed: {}; mend the runtime", Printable.describe(broken));
        }
    }
}
