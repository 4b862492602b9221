/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The ways in which a simulated thread waits. Thread-safe among the threads of one simulation. */
final class Waits {
    private final Scheduler scheduler;
    private final VirtualTime time;
    private final Conditions conditions;

    Waits(Scheduler scheduler, VirtualTime time, Conditions conditions) {
        this.scheduler = scheduler;
        this.time = time;
        this.conditions = conditions;
    }

    void parkUntil(long deadline) {
        SimulatedThread self = scheduler.caller("parkUntil");
        scheduler.step(self, "park"); // before the permit is looked at: here an unpark comes between question and wait
        if (deadline - time.monotonicNanos() <= 0) {
            return;
        }
        if (self.permit) {
            self.permit = false;
        } else if (!Thread.currentThread().isInterrupted()) {
            if (scheduler.isSpurious()) {
                scheduler.handOver(self);
            } else {
                scheduler.block(self, Waiting.UNPARK, true, deadline);
            }
        }
    }

    void sleep(Duration duration) throws InterruptedException {
        SimulatedThread self = scheduler.caller("sleep");
        long deadline = time.monotonicNanos() + duration.toNanos();
        scheduler.step(self, "sleep");
        throwIfInterrupted(self);
        while (deadline - time.monotonicNanos() > 0) {
            scheduler.block(self, Waiting.MOMENT, true, deadline);
            throwIfInterrupted(self);
        }
    }

    void await(String what, BooleanSupplier condition) throws InterruptedException {
        await(what, condition, false, 0);
    }

    /** Waits until a condition holds; returns false when it did not in time. */
    boolean await(String what, BooleanSupplier condition, Duration atMost) throws InterruptedException {
        return await(what, condition, true, time.monotonicNanos() + atMost.toNanos());
    }

    private boolean await(String what, BooleanSupplier condition, boolean timed, long deadline)
            throws InterruptedException {
        SimulatedThread self = scheduler.caller("await");
        scheduler.step(self, what);
        throwIfInterrupted(self);
        // Asked again when it gets the baton: in between somebody may have made it untrue.
        while (!conditions.holds(condition)) {
            if (timed && deadline - time.monotonicNanos() <= 0) {
                return false;
            }
            self.condition = condition;
            scheduler.block(self, Waiting.CONDITION, timed, deadline);
            throwIfInterrupted(self);
        }
        return true;
    }

    void awaitIdle() throws InterruptedException {
        SimulatedThread self = scheduler.caller("awaitIdle");
        scheduler.step(self, "awaitIdle");
        throwIfInterrupted(self);
        scheduler.block(self, Waiting.IDLENESS, false, 0);
        throwIfInterrupted(self);
    }

    private static void throwIfInterrupted(SimulatedThread self) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("simulated thread " + self + " was interrupted at '" + self.place + "'");
        }
    }
}
