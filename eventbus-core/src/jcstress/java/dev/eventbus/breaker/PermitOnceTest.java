/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.DJ_Result;

/** One permit ends twice at once: with a success, and with a failure. */
@JCStressTest
@Outcome(id = {"0.0, 1", "1.0, 1"}, expect = ACCEPTABLE, desc = "One of the two results counts.")
@Outcome(id = "0.5, 2", expect = FORBIDDEN, desc = "Both results count.")
@Outcome(id = "0.0, 0", expect = FORBIDDEN, desc = "No result counts.")
@State
public class PermitOnceTest {
    private final CircuitBreaker breaker = CircuitBreaker.create("stress", CircuitBreakerPolicy.failureRate(1),
            new HandClock());
    private final Permit permit = (Permit) breaker.acquire();

    /** Succeeds. */
    @Actor
    public void success() {
        permit.succeeded(0);
    }

    /** Fails. */
    @Actor
    public void failure() {
        permit.failed(new AssertionError(), 0);
    }

    /** Counts. */
    @Arbiter
    public void judge(DJ_Result counted) {
        CircuitMetrics metrics = breaker.metrics();
        counted.r1 = metrics.failureRate();
        counted.r2 = metrics.calls();
    }
}
