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
import org.openjdk.jcstress.infra.results.LIL_Result;

/** A subscription is closed while two places are asked for. */
@JCStressTest
@Outcome(id = {"PLACE, 2, CLOSED", "PLACE, 1, CLOSED",
        "CLOSED, 0, CLOSED"}, expect = ACCEPTABLE, desc = "What was given before the close is seen after it.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "A place was given after the close, or is not seen.")
@State
public class PlacesCloseTest {
    private final Places places = new Places(4);
    private Admission second;

    /** Asks twice. */
    @Actor
    public void publisher(LIL_Result result) {
        result.r1 = places.take(false);
        second = places.take(false);
    }

    /** Closes. */
    @Actor
    public void user(LIL_Result result) {
        places.close();
        result.r2 = (int) places.given();
        result.r3 = places.take(true);
    }

    /** Checks that what the closer saw is what was given. */
    @Arbiter
    public void judge(LIL_Result result) {
        int given = (result.r1 == Admission.PLACE ? 1 : 0) + (second == Admission.PLACE ? 1 : 0);
        if (given != result.r2) {
            result.r2 = -1;
        }
    }
}
