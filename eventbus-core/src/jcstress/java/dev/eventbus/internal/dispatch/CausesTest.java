/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.lane.Rig;
import dev.eventbus.internal.lane.Rig.Handled;
import dev.eventbus.internal.runtime.ByHand;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A goes to two subscriptions; the first one's handler publishes B to the second (O-3). */
@JCStressTest
@Outcome(id = "AB", expect = ACCEPTABLE, desc = "The second subscription got the cause before the effect.")
@Outcome(id = "BA", expect = FORBIDDEN, desc = "The second subscription got the effect before its cause.")
@Outcome(id = {"", "A", "B"}, expect = FORBIDDEN, desc = "An event was left behind.")
@State
public class CausesTest {
    private static final Subscriber SERIAL = Rig.subscriber(spec -> {});

    private final ByHand runtime = new ByHand();
    private final ByHand otherRuntime = new ByHand();
    private final Rig first = new Rig(SERIAL, runtime);
    private final Rig second = new Rig(SERIAL, otherRuntime);
    private final Hand hand = new Hand(first);
    private final Publication<?> effect = second.event(() -> handle("B"));
    private final Publication<?> cause;
    private final Runnable worker;
    private boolean inFirst; // of the one actor that handles
    private String order = ""; // by the second subscription's worker

    /** Calls a worker of the first subscription. */
    public CausesTest() {
        Handled both = () -> {
            if (inFirst) {
                hand.publish(effect);
            } else {
                handle("A");
            }
        };
        cause = Rig.event(both, null, first, second);
        first.call();
        worker = runtime.takeWorker();
    }

    private void handle(String name) {
        order += name;
    }

    private void runFirst(Runnable work) {
        inFirst = true;
        work.run();
        inFirst = false;
    }

    /** Publishes the cause. */
    @Actor
    public void publisher() {
        hand.publish(cause);
    }

    /** Handles it in the first subscription, then runs the worker that was called in the second. */
    @Actor
    public void worker() {
        runFirst(worker);
        otherRuntime.runWorkers();
    }

    /** Lets those run who were called. */
    @Arbiter
    public void judge(L_Result result) {
        runFirst(runtime::runWorkers);
        otherRuntime.runWorkers();
        result.r1 = order;
    }
}
