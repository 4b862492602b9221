/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two ask an open breaker at the moment at which its open time is over; half-open has one permit. */
@JCStressTest
@Outcome(id = {"true, false", "false, true"}, expect = ACCEPTABLE, desc = "One of them passes.")
@Outcome(id = "true, true", expect = FORBIDDEN, desc = "More calls pass than permitted.")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "The permit is lost.")
@State
public class HalfOpenPermitTest {
    private final HandClock clock = new HandClock();
    private final CircuitBreaker breaker = CircuitBreaker.create("stress",
            CircuitBreakerPolicy.failureRate(1).minimumCalls(1).halfOpen(1).openFor(Duration.ofNanos(1)), clock);

    /** Opens, and lets the open time pass. */
    public HalfOpenPermitTest() {
        ((Permit) breaker.acquire()).failed(new AssertionError(), 0);
        clock.nanos = 1;
    }

    /** Asks. */
    @Actor
    public void one(ZZ_Result passed) {
        passed.r1 = breaker.acquire() instanceof Permit;
    }

    /** Asks. */
    @Actor
    public void other(ZZ_Result passed) {
        passed.r2 = breaker.acquire() instanceof Permit;
    }
}
