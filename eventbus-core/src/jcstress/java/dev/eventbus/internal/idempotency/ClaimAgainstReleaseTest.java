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
import org.openjdk.jcstress.infra.results.LI_Result;

/** A claim is given back while somebody else claims its key. */
@JCStressTest
@Outcome(id = "Granted, 0", expect = ACCEPTABLE, desc = "It came after the end and has the key.")
@Outcome(id = "BusyHere, 1", expect = ACCEPTABLE, desc = "It came before the end and was woken once.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "It waits for ever, or was woken without need.")
@State
public class ClaimAgainstReleaseTest {
    private static final IdempotencyPolicy POLICY = IdempotencyPolicy.byEventId(Duration.ofHours(1));

    private final IdempotencyGuard guard = new IdempotencyGuard("b", IdempotencyStore.inMemory(2));
    private final AtomicInteger woken = new AtomicInteger();
    private final Claim first;

    /** Claims the key. */
    public ClaimAgainstReleaseTest() {
        ClaimAnswer answer = guard.claim("s", "k", POLICY, woken::incrementAndGet);
        first = ((ClaimAnswer.Granted) answer).claim();
    }

    /** Gives it back. */
    @Actor
    public void release() {
        first.release();
    }

    /** Claims it. */
    @Actor
    public void claim(LI_Result result) {
        result.r1 = guard.claim("s", "k", POLICY, woken::incrementAndGet).getClass().getSimpleName();
    }

    /** Counts the wake-ups. */
    @Arbiter
    public void count(LI_Result result) {
        result.r2 = woken.get();
    }
}
