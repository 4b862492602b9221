/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.lane.Rig;
import dev.eventbus.internal.runtime.ByHand;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A turn is written and a worker called, while that one leaves and looks again: store, fence, load on both sides. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "Exactly one worker comes, or has come back.")
@Outcome(id = "0", expect = FORBIDDEN, desc = "The turn is written, and nobody comes.")
@Outcome(id = "2", expect = FORBIDDEN, desc = "Two workers for the one lane of a serial subscription.")
@State
public class WriteAgainstLeaveTest {
    private static final Subscriber SERIAL = Rig.subscriber(spec -> {});

    private final ByHand runtime = new ByHand();
    private final Rig rig = new Rig(SERIAL, runtime);
    private final HandOff handOff = new HandOff(rig.ports(), rig.endings());
    private final Publication<?> event = rig.event(() -> {});
    private int back;

    /** Brings a worker to work, and an event that is not written yet. */
    public WriteAgainstLeaveTest() {
        event.slots().reserve(false);
        handOff.commit(event);
        rig.arrive();
    }

    /** Writes. */
    @Actor
    public void publisher() {
        handOff.write(event, false);
    }

    /** Leaves. */
    @Actor
    public void worker() {
        back = rig.leaveAndLook() ? 1 : 0;
    }

    /** Counts. */
    @Arbiter
    public void judge(I_Result result) {
        result.r1 = back + runtime.coming();
    }
}
