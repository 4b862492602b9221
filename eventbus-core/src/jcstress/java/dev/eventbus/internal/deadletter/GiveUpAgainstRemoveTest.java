/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deadletter;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A delivery is given up, and its letter removed as soon as it is there, while the letter before it is removed. */
@JCStressTest
@Outcome(id = "false, 1 parked known", expect = ACCEPTABLE, desc = "It was not there yet, and is the head now.")
@Outcome(id = "true, 0 free unknown", expect = ACCEPTABLE, desc = "Both were removed, and nothing is parked.")
@Outcome(id = "true, 0 free known", expect = ACCEPTABLE_INTERESTING, desc = "The next event of the key asks the store in vain.")
@Outcome(id = "false, .* unknown", expect = FORBIDDEN, desc = "It is kept in a sequence that what follows would overtake.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "Store and engine do not agree.")
@State
public class GiveUpAgainstRemoveTest {
    private final Parked parked = new Parked();

    /** Parks the head. */
    public GiveUpAgainstRemoveTest() {
        parked.giveUp(1);
    }

    /** Gives up. */
    @Actor
    public void giveUp() {
        parked.giveUp(2);
    }

    /** Removes the head, and then the letter that comes. */
    @Actor
    public void remove(LL_Result result) {
        boolean unused = parked.remove(1);
        result.r1 = parked.remove(2);
    }

    /** Looks at what is left. */
    @Arbiter
    public void look(LL_Result result) {
        result.r2 = parked.state();
    }
}
