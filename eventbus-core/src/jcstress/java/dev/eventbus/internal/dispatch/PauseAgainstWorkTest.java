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

/** Pauses and resumes a subscription while a worker is at work and more work comes. */
@JCStressTest
@Outcome(id = "12", expect = ACCEPTABLE, desc = "All is handled after the resume, in order.")
@Outcome(id = {"0", "1"}, expect = FORBIDDEN, desc = "After the resume an event is left behind, and nobody comes.")
@Outcome(id = {"2", "21"}, expect = FORBIDDEN, desc = "Two workers were in the lane at once, or the order is lost.")
@State
public class PauseAgainstWorkTest {
    private static final Subscriber SERIAL = Rig.subscriber(spec -> {});

    private final ByHand runtime = new ByHand();
    private final Rig rig = new Rig(SERIAL, runtime);
    private final Hand hand = new Hand(rig);
    private final Publication<?> second = rig.event(() -> handle(2));
    private final Runnable worker;
    private int handled;

    /** Publishes the first event. */
    public PauseAgainstWorkTest() {
        hand.publish(rig.event(() -> handle(1)));
        worker = runtime.takeWorker();
    }

    private void handle(int number) {
        int before = handled;
        Thread.onSpinWait();
        handled = before * 10 + number;
    }

    /** Handles, and publishes the second event. */
    @Actor
    public void worker() {
        worker.run();
        hand.publish(second);
    }

    /** Pauses and resumes, and is the worker that is called for it. */
    @Actor
    public void user() {
        rig.pause();
        rig.resume();
        runtime.runWorkers();
    }

    /** Lets those run who were called. */
    @Arbiter
    public void judge(I_Result order) {
        runtime.runWorkers();
        order.r1 = handled;
    }
}
