/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.rate;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.eventbus.policy.RateLimit;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The only token comes back, and two ask for it. */
@JCStressTest
@Outcome(id = {"0, 1", "1, 0"}, expect = ACCEPTABLE, desc = "One of them has it.")
@Outcome(id = "1, 1", expect = FORBIDDEN, desc = "Both have it.")
@Outcome(id = "0, 0", expect = FORBIDDEN, desc = "It is lost.")
@State
public class OneTokenTest {
    private final TokenBucket bucket = new TokenBucket(RateLimit.of(1, Duration.ofSeconds(1)), 0);

    /** Takes it. */
    public OneTokenTest() {
        bucket.take(0);
    }

    /** Gives it back and asks for it. */
    @Actor
    public void giver(II_Result taken) {
        bucket.giveBack();
        taken.r1 = taken();
    }

    /** Asks for it. */
    @Actor
    public void taker(II_Result taken) {
        taken.r2 = taken();
    }

    private int taken() {
        return bucket.take(0) == 0 ? 1 : 0;
    }
}
