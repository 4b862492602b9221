/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.function.BooleanSupplier;

/** Asks the conditions that threads wait for. Confined to the thread that has the baton. */
final class Conditions {
    private boolean asking;

    /** Returns whether a condition is being asked; what it calls is no step then. */
    boolean isAsking() {
        return asking;
    }

    boolean holds(BooleanSupplier condition) {
        asking = true;
        try {
            return condition.getAsBoolean();
        } finally {
            asking = false;
        }
    }

    /** Wakes those whose condition holds. */
    void wakeSatisfied(Population threads) {
        if (!threads.conditional().isEmpty()) {
            for (SimulatedThread waiter : threads.conditional().toArray(SimulatedThread[]::new)) {
                if (waiter.condition == null || holdsOrFails(waiter.condition)) {
                    threads.wake(waiter);
                }
            }
        }
    }

    private boolean holdsOrFails(BooleanSupplier condition) {
        try {
            return holds(condition);
        } catch (RuntimeException | Error failed) {
            return true; // the one who waits asks again and gets it thrown
        }
    }
}
