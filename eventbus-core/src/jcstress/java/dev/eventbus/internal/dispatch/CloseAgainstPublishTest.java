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
import dev.eventbus.publish.Outcome;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A subscription is closed while an event is handed over to it (S-2). */
@JCStressTest
@org.openjdk.jcstress.annotations.Outcome(id = "HANDLED", expect = ACCEPTABLE, desc = "The event came first.")
@org.openjdk.jcstress.annotations.Outcome(id = "CANCELLED", expect = ACCEPTABLE, desc = "The close came first.")
@org.openjdk.jcstress.annotations.Outcome(id = "OPEN", expect = FORBIDDEN, desc = "Nobody ends it in the closed subscription.")
@org.openjdk.jcstress.annotations.Outcome(id = "in flight", expect = FORBIDDEN, desc = "Its place never came back.")
@org.openjdk.jcstress.annotations.Outcome(id = "late", expect = FORBIDDEN, desc = "Its attempt began after the close.")
@State
public class CloseAgainstPublishTest {
    private final ByHand runtime = new ByHand();
    private final Subscriber subscriber = Rig.subscriber(spec -> {});
    private final Rig rig = new Rig(subscriber, runtime);
    private final Hand hand = new Hand(rig);
    private final Publication<?> event = rig.event(() -> {});

    /** Opens the subscription. */
    public CloseAgainstPublishTest() {
        rig.open();
    }

    /** Publishes, and is the worker that is called for it. */
    @Actor
    public void publisher() {
        hand.publish(event);
        runtime.runWorkers();
    }

    /** Closes. */
    @Actor
    public void user() {
        subscriber.close();
    }

    /** Lets those run who were called. */
    @Arbiter
    public void judge(L_Result result) {
        boolean late = event.outcome(0) == Outcome.OPEN;
        runtime.runWorkers();
        Outcome outcome = event.outcome(0);
        boolean begunLate = late && outcome == Outcome.HANDLED;
        result.r1 = rig.inFlight() != 0 ? "in flight" : begunLate ? "late" : outcome.name();
    }
}
