/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import dev.eventbus.breaker.CircuitBreaker.Change;
import dev.eventbus.fixture.ManualClocks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A breaker on clocks that a test moves, with what it has told. For single-threaded tests. */
final class Circuit {
    static final Duration OPEN_FOR = Duration.ofSeconds(10);
    static final Duration AT_MOST = Duration.ofSeconds(60);
    static final Exception FAILURE = new IOException("planted");
    /** Opens at the first failure, and needs one result in half-open. */
    static final CircuitBreakerPolicy TOUCHY = CircuitBreakerPolicy.failureRate(0.5).minimumCalls(1).halfOpen(1);

    final ManualClocks clocks = new ManualClocks();
    final CircuitBreaker breaker;
    final List<Change> changes = new ArrayList<>();
    int room;

    Circuit(CircuitBreakerPolicy policy) {
        this.breaker = CircuitBreaker.create("ledger", policy, clocks);
        breaker.onChange(changes::add);
        breaker.onRoom(() -> room++);
    }

    /** Makes one that is in a state, with nothing told so far. */
    static Circuit in(CircuitState state, CircuitBreakerPolicy policy) {
        Circuit circuit = new Circuit(policy);
        switch (state) {
            case CLOSED -> {
            }
            case OPEN -> circuit.open();
            case HALF_OPEN -> circuit.halfOpen();
            case FORCED_OPEN -> circuit.breaker.forceOpen();
            case FORCED_CLOSED -> circuit.breaker.forceClosed();
        }
        circuit.changes.clear();
        circuit.room = 0;
        return circuit;
    }

    /** Fails until it opens. */
    void open() {
        for (int i = 0; i < breaker.policy().minimumCalls(); i++) {
            permit().failed(new AssertionError("planted, and ignored by no policy"), 0);
        }
    }

    /** Opens, lets the open time pass, and gives the permit of the transition back. */
    void halfOpen() {
        open();
        clocks.advance(OPEN_FOR);
        permit().unused();
    }

    Permit permit() {
        return (Permit) breaker.acquire();
    }

    Refused refused() {
        return (Refused) breaker.acquire();
    }

    List<Permit> permits(int count) {
        return Stream.generate(this::permit).limit(count).toList();
    }

    void succeed() {
        permit().succeeded(0);
    }

    void fail() {
        permit().failed(FAILURE, 0);
    }

    /** One letter for each result: s succeeds, f fails, l is slow. */
    void results(String letters) {
        letters.chars().forEach(letter -> {
            switch (letter) {
                case 's' -> succeed();
                case 'f' -> fail();
                case 'l' -> permit().succeeded(Duration.ofDays(1));
                default -> throw new IllegalArgumentException(letters);
            }
        });
    }
}
