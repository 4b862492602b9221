/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.idempotency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.idempotency.IdempotencyStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/** Two claim the same key; afterwards the one that has it ends it, and whoever waits has to be woken. */
@JCStressTest
@Outcome(id = {"Granted, BusyHere, 1",
        "BusyHere, Granted, 1"}, expect = ACCEPTABLE, desc = "One has it, the other was woken once.")
@Outcome(id = {"Granted, Granted, .*"}, expect = FORBIDDEN, desc = "Both have it.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "Nobody has it, or who waits was not woken, or twice.")
@State
public class TwoClaimersTest {
    private static final IdempotencyPolicy POLICY = IdempotencyPolicy.byEventId(Duration.ofHours(1));

    private final IdempotencyGuard guard = new IdempotencyGuard("b", IdempotencyStore.inMemory(2));
    private final AtomicInteger woken = new AtomicInteger();
    private volatile Claim claim;

    private String claim() {
        ClaimAnswer answer = guard.claim("s", "k", POLICY, woken::incrementAndGet);
        if (answer instanceof ClaimAnswer.Granted granted) {
            claim = granted.claim();
        }
        return answer.getClass().getSimpleName();
    }

    /** Claims. */
    @Actor
    public void one(LLI_Result result) {
        result.r1 = claim();
    }

    /** Claims, too. */
    @Actor
    public void other(LLI_Result result) {
        result.r2 = claim();
    }

    /** Ends the claim. */
    @Arbiter
    public void end(LLI_Result result) {
        claim.complete();
        result.r3 = woken.get();
    }
}
