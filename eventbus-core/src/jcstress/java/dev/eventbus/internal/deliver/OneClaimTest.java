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

/** Two claim the same delivery; a third part of the word changes meanwhile. */
@JCStressTest
@org.openjdk.jcstress.annotations.Outcome(id = {
        "true, false, HANDLED CANCELLED"}, expect = ACCEPTABLE, desc = "One of them was first.")
@org.openjdk.jcstress.annotations.Outcome(id = {
        "false, true, HANDLED RETURNED"}, expect = ACCEPTABLE, desc = "The other one was.")
@org.openjdk.jcstress.annotations.Outcome(id = ".*", expect = FORBIDDEN, desc = "Both, neither, or a neighbour is lost.")
@State
public class OneClaimTest {
    private static final Subscriber ANY = Rig.subscriber(spec -> {});

    private final ByHand runtime = new ByHand();
    private final Publication<?> event = Rig.event(() -> {}, null, new Rig(ANY, runtime), new Rig(ANY, runtime));

    /** Ends a delivery and claims the next one. */
    @Actor
    public void one(ZZL_Result won) {
        event.settle(0, Outcome.HANDLED);
        won.r1 = event.claim(1);
        if (won.r1) {
            event.finish(1, Outcome.CANCELLED);
        }
    }

    /** Claims it, too. */
    @Actor
    public void other(ZZL_Result won) {
        won.r2 = event.claim(1);
        if (won.r2) {
            event.finish(1, Outcome.RETURNED);
        }
    }

    /** Reads the outcomes. */
    @Arbiter
    public void judge(ZZL_Result result) {
        result.r3 = event.outcome(0) + " " + event.outcome(1);
    }
}
