/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts steps, and lets the thread that runs a simulation wait for its end.
 *
 * <p>Steps are counted by the thread that has the baton; the rest is thread-safe.
 */
final class Progress {
    private static final long BRIEFLY_MILLIS = 1_000;

    private final AtomicLong steps = new AtomicLong(); // written by release, cheaper than volatile: one writer at a time
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Counts a step and returns how many there were. */
    long step() {
        long count = steps.getPlain() + 1;
        steps.setRelease(count);
        return count;
    }

    long steps() {
        return steps.getAcquire();
    }

    void end() {
        ended.countDown();
    }

    /** Waits for the end; returns false when for so long in real time there was no step. */
    boolean awaitEnd(Duration realTimeout) throws InterruptedException {
        long seen = -1;
        while (!ended.await(realTimeout.toNanos(), TimeUnit.NANOSECONDS)) {
            if (seen == steps()) {
                return false;
            }
            seen = steps();
        }
        return true;
    }

    /** Gives threads that can be freed the time to end. */
    void awaitEndBriefly() {
        boolean interrupted = Thread.interrupted();
        try {
            boolean ignored = ended.await(BRIEFLY_MILLIS, TimeUnit.MILLISECONDS); // if not, they stay behind
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
