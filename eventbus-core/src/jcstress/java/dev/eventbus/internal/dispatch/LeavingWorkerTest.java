/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
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
import org.openjdk.jcstress.infra.results.L_Result;

/** A worker that finds nothing leaves, while an event is handed over. */
@JCStressTest
@Outcome(id = "another worker", expect = ACCEPTABLE, desc = "The worker had left, and the publisher has called another.")
@Outcome(id = "the leaving worker", expect = ACCEPTABLE_INTERESTING, desc = "It found the event when it looked, or again.")
@Outcome(id = "nobody", expect = FORBIDDEN, desc = "The event is left behind: nobody comes.")
@Outcome(id = "both", expect = FORBIDDEN, desc = "The event was handled twice.")
@State
public class LeavingWorkerTest {
    private static final Subscriber SERIAL = Rig.subscriber(spec -> {});

    private final ByHand runtime = new ByHand();
    private final Rig rig = new Rig(SERIAL, runtime);
    private final Hand hand = new Hand(rig);
    private final Publication<?> event = rig.event(this::handle);
    private final Runnable leaving;
    private int handled; // plain: the engine orders it

    /** Calls the worker while there is nothing to do. */
    public LeavingWorkerTest() {
        rig.call();
        leaving = runtime.takeWorker();
    }

    private void handle() {
        handled++;
    }

    /** Publishes. */
    @Actor
    public void publisher() {
        hand.publish(event);
    }

    /** Finds nothing. */
    @Actor
    public void worker() {
        leaving.run();
    }

    /** Lets those run who were called. */
    @Arbiter
    public void judge(L_Result who) {
        int before = handled;
        runtime.runWorkers();
        who.r1 = handled > 1 ? "both" : handled == 0 ? "nobody" : before == 1 ? "the leaving worker" : "another worker";
    }
}
