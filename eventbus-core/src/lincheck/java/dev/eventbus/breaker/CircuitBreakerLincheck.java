/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import dev.eventbus.internal.lane.Proofs;
import dev.eventbus.spi.Clocks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Permits, results and states of one breaker, as if all came one after the other.
 *
 * <p>It begins open with its open time over; time stands still from then on, so that one that opens again stays open until
 * a reset. Each thread holds one permit at a time and ends it itself: that two ends of one permit count once is jcstress's
 * to show, since the one that comes second returns before the first has counted.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "end", gen = IntGen.class, conf = "0:2")
public class CircuitBreakerLincheck {
    private static final int MOST_THREADS = 8;
    private static final Exception FAILURE = new Exception("planted");
    private static final CircuitBreakerPolicy POLICY = CircuitBreakerPolicy.failureRate(0.5).window(2).minimumCalls(2)
            .halfOpen(2).openFor(Duration.ofNanos(10));

    private final Standing clocks = new Standing();
    private final CircuitBreaker breaker = CircuitBreaker.create("proof", POLICY, clocks);
    private final Permission[] held = new Permission[MOST_THREADS];

    /** Opens, and lets the time pass. */
    public CircuitBreakerLincheck() {
        ((Permit) breaker.acquire()).failed(FAILURE, 0);
        ((Permit) breaker.acquire()).failed(FAILURE, 0);
        clocks.nanos = 10;
    }

    /** Asks; a permit held before is lost. */
    @Operation
    public boolean acquire(@Param(name = "thread") int thread) {
        held[thread] = breaker.acquire();
        return held[thread] instanceof Permit;
    }

    /** Ends the call of the permit that is held. */
    @Operation
    public void end(@Param(name = "thread") int thread, @Param(name = "end") int end) {
        if (held[thread] instanceof Permit permit) {
            switch (end) {
                case 0 -> permit.succeeded(0);
                case 1 -> permit.failed(FAILURE, 0);
                default -> permit.unused();
            }
        }
    }

    /** Closes by hand. */
    @Operation
    public void reset() {
        breaker.reset();
    }

    /** Reads the state. */
    @Operation
    public CircuitState state() {
        return breaker.state();
    }

    /** Reads what the rates are made of. */
    @Operation
    public long results() {
        return breaker.metrics().calls();
    }

    /** A clock that stands still. */
    private static final class Standing implements Clocks {
        private volatile long nanos;

        @Override
        public long wallMillis() {
            return 0;
        }

        @Override
        public long monotonicNanos() {
            return nanos;
        }
    }

    /** The same in one thread: a list of results, and a number for each stay in a state. */
    public static class Sequential {
        private final List<Boolean> failures = new ArrayList<>();
        private final int[] stays = new int[MOST_THREADS]; // in which the permit that is held was given; 0 for none
        private CircuitState state = CircuitState.OPEN;
        private boolean over = true;
        private int stay = 1;
        private int out;

        /** Asks. */
        public boolean acquire(int thread) {
            if (state == CircuitState.OPEN && over) {
                enter(CircuitState.HALF_OPEN);
            }
            boolean passes = state == CircuitState.CLOSED
                    || state == CircuitState.HALF_OPEN && out + failures.size() < 2;
            out += passes ? 1 : 0;
            stays[thread] = passes ? stay : 0;
            return passes;
        }

        /** Ends. */
        public void end(int thread, int end) {
            if (stays[thread] == stay) {
                out--;
                if (end < 2) {
                    count(end == 1);
                }
            }
            stays[thread] = 0;
        }

        private void count(boolean failed) {
            failures.add(failed);
            if (failures.size() > 2) {
                failures.removeFirst();
            }
            if (failures.size() == 2 && failures.contains(true)) {
                List<Boolean> reason = List.copyOf(failures);
                enter(CircuitState.OPEN);
                failures.addAll(reason);
            } else if (failures.size() == 2 && state == CircuitState.HALF_OPEN) {
                enter(CircuitState.CLOSED);
            }
        }

        private void enter(CircuitState next) {
            state = next;
            over = false;
            stay++;
            out = 0;
            failures.clear();
        }

        /** Closes. */
        public void reset() {
            enter(CircuitState.CLOSED);
        }

        /** Reads the state. */
        public CircuitState state() {
            return state;
        }

        /** Counts results. */
        public long results() {
            return state == CircuitState.OPEN && over ? 2 : failures.size();
        }
    }

    @Test
    void every_interleaving_of_the_model_is_some_order() {
        new ModelCheckingOptions().threads(2).actorsPerThread(3).actorsBefore(0).actorsAfter(3)
                .iterations(Proofs.ITERATIONS * 10).invocationsPerIteration(Proofs.INVOCATIONS)
                .sequentialSpecification(Sequential.class).check(getClass());
    }

    @Test
    void real_threads_see_some_order() {
        new StressOptions().threads(2).actorsPerThread(3).actorsBefore(0).actorsAfter(3)
                .iterations(Proofs.ITERATIONS * 10).invocationsPerIteration(Proofs.INVOCATIONS)
                .sequentialSpecification(Sequential.class).check(getClass());
    }
}
