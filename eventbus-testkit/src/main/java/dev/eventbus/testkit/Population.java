/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a simulation and what they wait for. Confined to the thread that has the baton.
 *
 * <p>Order within its lists depends on nothing but the calls so far, so that choices by index can be repeated.
 */
final class Population {
    private final VirtualTime time;
    private final long maxJumpNanos;
    private final List<SimulatedThread> live = new ArrayList<>(); // in the order of starts
    private final Map<Thread, SimulatedThread> byThread = new HashMap<>(); // asked only: its order is no run's like another's
    private final Runnables runnable = new Runnables();
    private final List<SimulatedThread> conditional = new ArrayList<>();
    private int numbers;

    Population(VirtualTime time, long maxJumpNanos) {
        this.time = time;
        this.maxJumpNanos = maxJumpNanos;
    }

    int nextNumber() {
        return numbers++;
    }

    void add(SimulatedThread thread) {
        live.add(thread);
        byThread.put(thread.thread, thread);
        runnable.add(thread);
    }

    void remove(SimulatedThread thread) {
        thread.waiting = Waiting.ENDED;
        live.remove(thread);
        byThread.remove(thread.thread);
        runnable.remove(thread);
    }

    boolean isEmpty() {
        return live.isEmpty();
    }

    List<SimulatedThread> live() {
        return live;
    }

    Runnables runnable() {
        return runnable;
    }

    List<SimulatedThread> conditional() {
        return conditional;
    }

    /** Returns the simulated thread, or null when it has ended. */
    @Nullable SimulatedThread find(Thread thread) {
        SimulatedThread found = byThread.get(thread);
        if (found == null && !thread.isVirtual()) {
            throw new IllegalArgumentException(thread + " is no thread of this simulation");
        }
        return found;
    }

    void block(SimulatedThread thread, Waiting waiting, boolean timed, long deadline) {
        runnable.remove(thread);
        thread.waiting = waiting;
        thread.timed = timed;
        thread.deadline = deadline;
        if (waiting == Waiting.CONDITION) {
            conditional.add(thread);
        }
    }

    /** Lets a thread go on that waits; nothing if it does not. */
    void wake(SimulatedThread thread) {
        if (thread.waiting == Waiting.NOTHING) {
            return;
        }
        if (thread.waiting == Waiting.CONDITION) {
            conditional.remove(thread);
        }
        thread.waiting = Waiting.NOTHING;
        thread.timed = false;
        runnable.add(thread);
    }

    void wakeAll() {
        live.forEach(this::wake);
    }

    /** Wakes the first one that waits until nobody else can run. */
    boolean wakeIdle() {
        for (SimulatedThread thread : live) {
            if (thread.waiting == Waiting.IDLENESS) {
                wake(thread);
                return true;
            }
        }
        return false;
    }

    void wakeDue() {
        long now = time.monotonicNanos();
        for (SimulatedThread thread : live) {
            if (thread.timed && thread.deadline - now <= 0) {
                wake(thread);
            }
        }
    }

    /** Moves the time to the earliest deadline; returns false when there is none that counts. */
    boolean moveTime() {
        long now = time.monotonicNanos();
        long nearest = Long.MAX_VALUE;
        boolean chosen = false; // a wait that the scenario chose may be as long as it likes
        for (SimulatedThread thread : live) {
            if (thread.timed) {
                nearest = Math.min(nearest, thread.deadline - now);
                chosen |= thread.waiting != Waiting.UNPARK;
            }
        }
        if (nearest == Long.MAX_VALUE || (nearest > maxJumpNanos && !chosen)) {
            return false;
        }
        time.advanceNanos(Math.max(0, nearest));
        wakeDue();
        return true;
    }
}
