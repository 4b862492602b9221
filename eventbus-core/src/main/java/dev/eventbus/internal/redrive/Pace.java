/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.redrive;

import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.runtime.WaitPoint;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Spreads the letters of one redrive evenly over time. Confined to the calling thread. */
final class Pace {
    private final Ports ports;
    private final Brake brake;
    private final long gapNanos; // rounded up, so that it is never too fast
    private long nextNanos;
    private boolean begun;

    private Pace(Ports ports, Brake brake, long gapNanos) {
        this.ports = ports;
        this.brake = brake;
        this.gapNanos = gapNanos;
    }

    /** Stops those who wait for their pace, for good. Thread-safe. */
    static final class Brake {
        private final WaitPoint waiting;
        private volatile boolean stopped;

        Brake(Ports ports) {
            this.waiting = new WaitPoint(ports);
        }

        void stop() {
            stopped = true;
            waiting.wakeAll();
        }
    }

    static Pace of(int letters, Duration per, Ports ports, Brake brake) {
        return new Pace(ports, brake, (Ports.toNanos(per) - 1) / letters + 1);
    }

    /** Waits for the moment of the next letter; false if it does not come. */
    static boolean await(@Nullable Pace pace) {
        return pace == null || pace.await();
    }

    private boolean await() {
        long now = ports.clocks().monotonicNanos();
        if (begun && now - nextNanos < 0) {
            try {
                brake.waiting.await(() -> brake.stopped, nextNanos);
            } catch (InterruptedException impatient) {
                ports.runtime().interrupt(Thread.currentThread());
                return false;
            }
        }
        nextNanos = Math.max(now - nextNanos, 0) == 0 && begun ? nextNanos + gapNanos : now + gapNanos;
        begun = true;
        return !brake.stopped;
    }
}
