/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A worker leaves while the subscription is paused and cut off. */
@JCStressTest
@Outcome(id = "away, paused, cut", expect = ACCEPTABLE, desc = "All three are noted.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "One has overwritten the other.")
@State
public class CrewBitsTest {
    private final Crew crew = new Crew(2);

    /** Brings one worker to work. */
    public CrewBitsTest() {
        crew.call();
        crew.arrive();
    }

    /** Leaves. */
    @Actor
    public void worker() {
        crew.leave();
    }

    /** Pauses, then cuts off. */
    @Actor
    public void user() {
        crew.pause();
        crew.cut();
    }

    /** Reads. */
    @Arbiter
    public void judge(L_Result result) {
        result.r1 = (crew.isAway() ? "away" : "at work") + (crew.isPaused() ? ", paused" : "")
                + (crew.isCut() ? ", cut" : "");
    }
}
