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

/**
 * Two publishers commit to one lane, and each is the worker that it is asked to start: one of them meets the gap that the
 * other's commit leaves for a moment, or a turn that the other has not written yet.
 */
@JCStressTest
@Outcome(id = {"12", "21"}, expect = ACCEPTABLE, desc = "Both were handled, one after the other.")
@Outcome(id = {"0", "1",
        "2"}, expect = FORBIDDEN, desc = "An event was left behind, or two workers were in the lane at once.")
@State
public class TwoPublishersTest {
    private static final Subscriber SERIAL = Rig.subscriber(spec -> {});

    private final ByHand runtime = new ByHand();
    private final Rig rig = new Rig(SERIAL, runtime);
    private final Hand hand = new Hand(rig);
    private final Publication<?> one = rig.event(() -> handle(1));
    private final Publication<?> other = rig.event(() -> handle(2));
    private int handled; // plain: only turns that exclude each other lose nothing

    private void handle(int number) {
        int before = handled;
        Thread.onSpinWait();
        handled = before * 10 + number;
    }

    /** Publishes. */
    @Actor
    public void one() {
        hand.publish(one);
        runtime.runWorkers();
    }

    /** Publishes, too. */
    @Actor
    public void other() {
        hand.publish(other);
        runtime.runWorkers();
    }

    /** Lets those run who were called. */
    @Arbiter
    public void judge(I_Result order) {
        runtime.runWorkers();
        order.r1 = handled;
    }
}
