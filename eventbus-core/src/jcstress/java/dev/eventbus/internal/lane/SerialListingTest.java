/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.eventbus.internal.deliver.Slot;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.runtime.ByHand;
import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A shutdown lists what is in flight while the worker takes a delivery out of the inbox. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "It is listed: in the lane, or still in the inbox.")
@Outcome(id = "2", expect = ACCEPTABLE_INTERESTING, desc = "It is listed as both; its outcome is decided once all the same.")
@Outcome(id = "0", expect = FORBIDDEN, desc = "It is in flight and in no list.")
@State
public class SerialListingTest {
    private static final Subscriber SERIAL = Rig.subscriber(spec -> {});

    private final Rig rig = new Rig(SERIAL, new ByHand());

    /** Brings one delivery into the inbox. */
    public SerialListingTest() {
        Slot slot = Objects.requireNonNull(rig.event(() -> {}).slots());
        slot.commit();
        slot.write();
    }

    /** Takes it into the lane. */
    @Actor
    public void worker() {
        rig.lanes().order().next();
    }

    /** Lists. */
    @Actor
    public void shutdown(I_Result listed) {
        listed.r1 = rig.lanes().order().all().size();
    }
}
