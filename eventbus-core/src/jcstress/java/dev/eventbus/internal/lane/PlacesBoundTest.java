/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.eventbus.internal.deliver.Admission;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two publishers ask for places while one comes back; one of them may use the reserve. */
@JCStressTest
@Outcome(id = {"0, 1", "1, 0", "1, 1",
        "0, 2"}, expect = ACCEPTABLE, desc = "No more than one plain place and, with the reserve, two in all.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "More places were given than there are.")
@State
public class PlacesBoundTest {
    private final Places places = new Places(1); // and one in reserve

    /** Takes the plain place. */
    public PlacesBoundTest() {
        places.take(false);
    }

    /** Asks for a plain place; the one that is taken comes back before. */
    @Actor
    public void plain(II_Result given) {
        places.giveBack();
        given.r1 = count(places.take(false)) + count(places.take(false));
    }

    /** Asks for two with the reserve. */
    @Actor
    public void nested(II_Result given) {
        given.r2 = count(places.take(true)) + count(places.take(true));
    }

    private static int count(Admission admission) {
        return admission == Admission.PLACE ? 1 : 0;
    }

    /** Checks the sum. */
    @Arbiter
    public void judge(II_Result given) {
        if (given.r1 + given.r2 != places.inFlight() || places.inFlight() > 2) {
            given.r1 = 9;
        }
    }
}
