/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.internal.deliver.AttemptResult;
import dev.eventbus.internal.runtime.Ports;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One worker as the {@link Watch} sees it (D-4).
 *
 * <p>{@code turn} is odd while an attempt runs. Its worker ends an attempt by one compare-and-set to the next number, or
 * else the watch does, at the timeout; only who wins has a say, and a number never comes back. The watch interrupts after
 * it has won, and the worker goes on only when that interrupt has arrived and been cleared, so that it hits nothing else.
 */
final class Guard {
    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final VarHandle TURN;

    static {
        try {
            TURN = MethodHandles.lookup().findVarHandle(Guard.class, "turn", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Watch watch;
    private final Worker worker;
    private final Ports ports;
    private long number; // of the worker
    private volatile long turn; // VarHandle TURN
    private long startedNanos; // written before turn, read after it
    private long warnedTurn; // of the watch
    private volatile boolean arrived; // by the watch: the interrupt was sent
    private volatile boolean waiting; // by the worker

    Guard(Watch watch, Worker worker, Ports ports) {
        this.watch = watch;
        this.worker = worker;
        this.ports = ports;
    }

    /* ---------------- the worker ---------------- */

    void begin() {
        startedNanos = ports.clocks().monotonicNanos();
        long next = turn + 1; // even to odd: nobody else writes it meanwhile
        turn = next;
        watch.arm(startedNanos);
    }

    AttemptResult end(AttemptResult result) {
        long mine = turn;
        if ((mine & 1) == 0 || !TURN.compareAndSet(this, mine, mine + 1)) {
            awaitArrival();
            return watch.timedOut(worker, result);
        }
        return result;
    }

    private void awaitArrival() {
        waiting = true;
        while (!arrived) {
            ports.runtime().parkUntil(startedNanos + FOR_EVER.toNanos()); // reads no clock, which might throw
            boolean unused = Thread.interrupted(); // the one that was meant for the handler
        }
        waiting = false;
        arrived = false;
    }

    void join() {
        number = watch.join(this);
    }

    void leave() {
        watch.leave(number);
    }

    /* ---------------- the watch ---------------- */

    long turn() {
        return turn;
    }

    boolean isRunning(long seen) {
        return (seen & 1) != 0;
    }

    /** When the attempt of a turn has begun; a later value if it is over meanwhile. */
    long startedNanos() {
        return startedNanos;
    }

    boolean timeOut(long seen) {
        return TURN.compareAndSet(this, seen, seen + 1);
    }

    /** Interrupts the handler, and lets the worker go on when it returns. */
    void interrupt() {
        Thread thread = worker.thread();
        try {
            if (thread != null) {
                ports.runtime().interrupt(thread);
            }
        } finally {
            arrived = true;
            if (waiting && thread != null) {
                ports.runtime().unpark(thread);
            }
        }
    }

    boolean warn(long seen) {
        boolean first = warnedTurn != seen;
        warnedTurn = seen;
        return first;
    }

    boolean isWarned(long seen) {
        return warnedTurn == seen;
    }

    Worker worker() {
        return worker;
    }

    @Nullable Thread thread() {
        return worker.thread();
    }
}
