/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.idempotency;

/** What is to be run when a turn is over, unless it is withdrawn before. Thread-safe. */
public final class Waiter {
    private final Turn turn;
    private final Runnable whenFree;

    Waiter(Turn turn, Runnable whenFree) {
        this.turn = turn;
        this.whenFree = whenFree;
    }

    /**
     * Forgets what was to be run, so that a claim that goes on for long does not hold on to it.
     *
     * @return false if it has been run, is running or is about to, or was withdrawn before
     */
    public boolean withdraw() {
        return turn.remove(this);
    }

    void wake() {
        whenFree.run();
    }
}
