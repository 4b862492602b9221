/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deadletter;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A delivery meets a parked sequence while its only letter is removed. */
@JCStressTest
@Outcome(id = "true, 1 parked known", expect = ACCEPTABLE, desc = "It came before the removal and is the head now.")
@Outcome(id = "false, 0 free unknown", expect = ACCEPTABLE, desc = "It came after the removal and goes on.")
@Outcome(id = "true, .* unknown", expect = FORBIDDEN, desc = "It is kept in a sequence that what follows would overtake.")
@Outcome(id = "false, 1 .*", expect = FORBIDDEN, desc = "It goes on while letters are before it, or as a letter too.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "Store and engine do not agree.")
@State
public class FollowAgainstRemoveTest {
    private final Parked parked = new Parked();

    /** Parks the head. */
    public FollowAgainstRemoveTest() {
        parked.giveUp(1);
    }

    /** Meets the sequence. */
    @Actor
    public void follow(LL_Result result) {
        result.r1 = parked.follow(2);
    }

    /** Removes the head. */
    @Actor
    public void remove() {
        boolean unused = parked.remove(1);
    }

    /** Looks at what is left. */
    @Arbiter
    public void look(LL_Result result) {
        result.r2 = parked.state();
    }
}
