/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.eventbus.internal.deliver.Admission;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.runtime.ByHand;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A publisher begins to wait for a place while the subscription is closed. */
@JCStressTest
@Outcome(id = "asks again", expect = ACCEPTABLE, desc = "It saw the close, or was woken.")
@Outcome(id = "in vain", expect = FORBIDDEN, desc = "It goes on, and there is nothing new.")
@Outcome(id = "sleeps on", expect = FORBIDDEN, desc = "No place will come, and nobody tells the publisher.")
@State
public class WaiterAgainstCloseTest {
    private static final Subscriber ONE_PLACE = Rig.subscriber(spec -> spec.buffer(1));
    private static final long DEADLINE = Long.MAX_VALUE / 4;

    private final ByHand runtime = new ByHand();
    private final Rig rig = new Rig(ONE_PLACE, runtime);
    private final Lanes lanes = rig.lanes();

    /** Takes the place. */
    public WaiterAgainstCloseTest() {
        lanes.places().take(false);
    }

    /** Waits for it. */
    @Actor
    public void waiter(L_Result result) {
        try {
            lanes.waiters().await(false, DEADLINE, () -> false);
            result.r1 = lanes.places().take(false) == Admission.FULL ? "in vain" : "asks again";
        } catch (IllegalStateException overslept) {
            result.r1 = "sleeps on";
        }
    }

    /** Closes. */
    @Actor
    public void user() {
        lanes.close();
    }
}
