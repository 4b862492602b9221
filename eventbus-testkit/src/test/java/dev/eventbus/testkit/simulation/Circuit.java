/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import dev.eventbus.breaker.CircuitBreaker;
import dev.eventbus.breaker.CircuitState;
import dev.eventbus.breaker.Permit;
import java.util.ArrayList;
import java.util.List;

/**
 * What a circuit breaker may let begin, judged by its signals. No time passes between a permit and its attempt, so whatever
 * begins in half-open has a permit of half-open. Confined to one simulation.
 */
final class Circuit {
    private final String name;
    private final int permits;
    private final Breaches breaches;
    private CircuitState state = CircuitState.CLOSED;
    private long sinceNanos;
    private int phase;
    private int begun; // in half-open, those aside that have come back without a result

    Circuit(String name, int permits, Breaches breaches) {
        this.name = name;
        this.permits = permits;
        this.breaches = breaches;
    }

    void changed(CircuitState to, long nowNanos) {
        state = to;
        sinceNanos = nowNanos;
        phase++;
        begun = 0;
    }

    /** An attempt begins; returns the phase that it belongs to. */
    int begins(long nowNanos) {
        switch (state) {
            case OPEN, FORCED_OPEN -> breaches.unless(nowNanos == sinceNanos,
                    "an attempt begins while circuit " + name + " is " + state);
            case HALF_OPEN -> {
                begun++;
                breaches.unless(begun <= permits,
                        begun + " attempts in half-open, permits of " + name + ": " + permits);
            }
            case CLOSED, FORCED_CLOSED -> {
                // Everything passes.
            }
        }
        return phase;
    }

    /** Nothing runs: in half-open there are as many permits as there have been no results. */
    void rests(CircuitBreaker breaker) {
        if (breaker.state() != CircuitState.HALF_OPEN) {
            return;
        }
        int expected = permits - begun;
        List<Permit> given = new ArrayList<>();
        while (given.size() <= permits && breaker.acquire() instanceof Permit permit) {
            given.add(permit);
        }
        breaches.unless(given.size() == expected,
                "at rest " + name + " has " + given.size() + " permits, not " + expected);
        given.forEach(Permit::unused);
    }

    /** An attempt has ended with what the breaker ignores. */
    void cameBack(int begunIn) {
        if (begunIn == phase && begun > 0) {
            begun--;
        }
    }
}
