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
import org.openjdk.jcstress.infra.results.ZI_Result;

/** Who waits withdraws while the claim ends. */
@JCStressTest
@Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "Withdrawn in time.")
@Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "Too late: woken once.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "Woken though withdrawn, or neither.")
@State
public class WithdrawAgainstCompleteTest {
    private static final IdempotencyPolicy POLICY = IdempotencyPolicy.byEventId(Duration.ofHours(1));

    private final IdempotencyGuard guard = new IdempotencyGuard("b", IdempotencyStore.inMemory(2));
    private final AtomicInteger woken = new AtomicInteger();
    private final Claim claim;
    private final Waiter waiter;

    /** Claims the key, and waits for it. */
    public WithdrawAgainstCompleteTest() {
        claim = ((ClaimAnswer.Granted) guard.claim("s", "k", POLICY, woken::incrementAndGet)).claim();
        waiter = ((ClaimAnswer.BusyHere) guard.claim("s", "k", POLICY, woken::incrementAndGet)).waiter();
    }

    /** Ends the claim. */
    @Actor
    public void complete() {
        claim.complete();
    }

    /** Withdraws. */
    @Actor
    public void withdraw(ZI_Result result) {
        result.r1 = waiter.withdraw();
    }

    /** Counts the wake-ups. */
    @Arbiter
    public void count(ZI_Result result) {
        result.r2 = woken.get();
    }
}
