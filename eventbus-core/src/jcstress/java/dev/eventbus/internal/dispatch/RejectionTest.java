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
import dev.eventbus.publish.BufferFullException;
import dev.eventbus.subscribe.Overflow;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A publish finds the only place taken, while that place comes back (P-2). */
@JCStressTest
@Outcome(id = "accepted, handled", expect = ACCEPTABLE, desc = "The place came back in time.")
@Outcome(id = "rejected, all places free", expect = ACCEPTABLE, desc = "It did not, and the publish has left nothing behind.")
@Outcome(id = "rejected, a place lost", expect = FORBIDDEN, desc = "The rejected publish has kept a place for good.")
@Outcome(id = "accepted, lost", expect = FORBIDDEN, desc = "The event was accepted and left behind.")
@State
public class RejectionTest {
    private static final Subscriber ONE_PLACE = Rig.subscriber(spec -> spec.buffer(1, Overflow.REJECT));

    private final ByHand runtime = new ByHand();
    private final Rig rig = new Rig(ONE_PLACE, runtime);
    private final Hand hand = new Hand(rig);
    private final Publication<?> event = rig.event(this::handle);
    private final Runnable worker;
    private boolean rejected;
    private boolean handled;

    /** Takes the place. */
    public RejectionTest() {
        hand.publish(rig.event(() -> {}));
        worker = runtime.takeWorker();
    }

    private void handle() {
        handled = true;
    }

    /** Gives the place back. */
    @Actor
    public void worker() {
        worker.run();
    }

    /** Asks for it. */
    @Actor
    public void publisher() {
        try {
            hand.publish(event);
        } catch (BufferFullException full) {
            rejected = true;
        }
    }

    /** Lets those run who were called. */
    @Arbiter
    public void judge(L_Result result) {
        runtime.runWorkers();
        result.r1 = rejected
                ? rig.inFlight() == 0 ? "rejected, all places free" : "rejected, a place lost"
                : handled ? "accepted, handled" : "accepted, lost";
    }
}
