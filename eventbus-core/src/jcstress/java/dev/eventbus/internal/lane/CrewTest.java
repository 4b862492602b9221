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
import org.openjdk.jcstress.infra.results.I_Result;

/** Two who have work call, while the worker leaves and looks once more. */
@JCStressTest
@Outcome(id = {"1"}, expect = ACCEPTABLE, desc = "Exactly one worker comes, or has come back.")
@Outcome(id = "0", expect = FORBIDDEN, desc = "There is work, and nobody comes.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "Two workers for the one lane of a serial subscription.")
@State
public class CrewTest {
    private final Crew crew = new Crew(1);
    private boolean back;
    private boolean called;
    private boolean calledAgain;

    /** Brings one worker to work. */
    public CrewTest() {
        crew.call();
        crew.arrive();
    }

    /** Leaves and comes back. */
    @Actor
    public void worker() {
        crew.leave();
        back = crew.comeBack();
    }

    /** Calls twice. */
    @Actor
    public void publisher() {
        called = crew.call();
        calledAgain = crew.call();
    }

    /** Counts. */
    @Arbiter
    public void judge(I_Result result) {
        result.r1 = (back ? 1 : 0) + (called ? 1 : 0) + (calledAgain ? 1 : 0);
    }
}
