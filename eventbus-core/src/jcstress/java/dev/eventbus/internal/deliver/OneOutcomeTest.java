/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.eventbus.internal.lane.Rig;
import dev.eventbus.internal.runtime.ByHand;
import dev.eventbus.publish.Outcome;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** A worker, which has handled a delivery, and a shutdown, which returns it, meet at its end (D-1). */
@JCStressTest
@org.openjdk.jcstress.annotations.Outcome(id = {
        "true, false, HANDLED"}, expect = ACCEPTABLE, desc = "The worker was first.")
@org.openjdk.jcstress.annotations.Outcome(id = {
        "false, true, RETURNED"}, expect = ACCEPTABLE, desc = "The shutdown was first.")
@org.openjdk.jcstress.annotations.Outcome(id = ".*", expect = FORBIDDEN, desc = "Both, neither, or the wrong outcome.")
@State
public class OneOutcomeTest {
    private static final Subscriber ANY = Rig.subscriber(spec -> {});

    private final ByHand runtime = new ByHand();
    private final Publication<?> event = Rig.event(() -> {}, null, new Rig(ANY, runtime));

    /** Settles at once. */
    @Actor
    public void worker(ZZL_Result won) {
        won.r1 = event.settle(0, Outcome.HANDLED);
    }

    /** Claims, then ends. */
    @Actor
    public void shutdown(ZZL_Result won) {
        won.r2 = event.claim(0);
        if (won.r2) {
            event.finish(0, Outcome.RETURNED);
        }
    }

    /** Reads the outcome. */
    @Arbiter
    public void judge(ZZL_Result result) {
        result.r3 = event.outcome(0).name();
    }
}
