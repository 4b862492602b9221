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

/** A worker goes through its lane while another event comes and, where it is called for, another worker with it. */
@JCStressTest
@Outcome(id = "12", expect = ACCEPTABLE, desc = "One after the other, in the order of the publishes.")
@Outcome(id = "21", expect = FORBIDDEN, desc = "The later event was handled first.")
@Outcome(id = {"1",
        "2"}, expect = FORBIDDEN, desc = "Two workers at once, or an event was left behind.")
@State
public class SerialTurnsTest {
    private static final Subscriber SERIAL = Rig.subscriber(spec -> {});

    private final ByHand runtime = new ByHand();
    private final Rig rig = new Rig(SERIAL, runtime);
    private final Hand hand = new Hand(rig);
    private final Publication<?> second = rig.event(() -> handle(2));
    private final Runnable worker;
    private int handled; // plain: only turns that exclude each other lose nothing

    /** Publishes the first event. */
    public SerialTurnsTest() {
        hand.publish(rig.event(() -> handle(1)));
        worker = runtime.takeWorker();
    }

    private void handle(int number) {
        int before = handled;
        Thread.onSpinWait();
        handled = before * 10 + number;
    }

    /** Handles. */
    @Actor
    public void worker() {
        worker.run();
    }

    /** Publishes the second event, and is the worker that is called for it. */
    @Actor
    public void publisher() {
        hand.publish(second);
        runtime.runWorkers();
    }

    /** Lets those run who were called. */
    @Arbiter
    public void judge(I_Result order) {
        runtime.runWorkers();
        order.r1 = handled;
    }
}
