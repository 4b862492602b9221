/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.breaker.Permit;
import dev.eventbus.internal.runtime.Ports;
import java.time.Duration;

/**
 * One call of a handler with a permit of a circuit breaker: measures it, and tells the breaker what it came to.
 *
 * <p>A permit comes back once, whoever is first. Thread-safe.
 */
public final class PermittedCall {
    private static final long NOT_TIMED = Long.MIN_VALUE;

    private final Permit permit;
    private final Ports ports;
    private final long begunNanos;

    private PermittedCall(Permit permit, Ports ports, long begunNanos) {
        this.permit = permit;
        this.ports = ports;
        this.begunNanos = begunNanos;
    }

    /**
     * Notes that the handler is about to be called.
     *
     * @param permit what lets it
     * @param ports the clock
     * @return the call
     */
    public static PermittedCall begin(Permit permit, Ports ports) {
        long now = NOT_TIMED;
        try {
            now = ports.clocks().monotonicNanos();
        } catch (RuntimeException broken) {
            // As at its end: the call is not timed, and the permit comes back all the same.
        }
        return new PermittedCall(permit, ports, now);
    }

    /**
     * Tells the breaker what it came to.
     *
     * @param result the result
     * @param cut whether a shutdown has cut it off: then a failure says nothing of the dependency
     */
    public void ended(AttemptResult result, boolean cut) {
        switch (result) {
            case AttemptResult.Succeeded handled -> permit.succeeded(elapsedNanos());
            case AttemptResult.Failed failed -> {
                if (cut) {
                    permit.unused();
                } else {
                    permit.failed(failed.failure(), elapsedNanos());
                }
            }
        }
    }

    /**
     * Tells the breaker that it has taken too long; the handler still runs.
     *
     * @param failure stands for it
     * @param timeout how long it may take
     */
    public void timedOut(Throwable failure, Duration timeout) {
        permit.failed(failure, Ports.toNanos(timeout));
    }

    // A clock that throws must not undo what was handled.
    private long elapsedNanos() {
        if (begunNanos == NOT_TIMED) {
            return 0;
        }
        try {
            return ports.clocks().monotonicNanos() - begunNanos;
        } catch (RuntimeException broken) {
            return 0;
        }
    }
}
