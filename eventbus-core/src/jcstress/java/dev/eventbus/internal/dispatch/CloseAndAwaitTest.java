/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.lane.Rig;
import dev.eventbus.internal.runtime.ByHand;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Somebody closes a subscription and waits for its last delivery, while that ends. */
@JCStressTest
@Outcome(id = "closed", expect = ACCEPTABLE, desc = "The wait has ended with the delivery.")
@Outcome(id = "sleeps on", expect = FORBIDDEN, desc = "Nothing is in flight, and nobody says so.")
@Outcome(id = "not closed", expect = FORBIDDEN, desc = "The wait has ended before the delivery.")
@State
public class CloseAndAwaitTest {
    private final ByHand runtime = new ByHand();
    private final Subscriber subscriber = Rig.subscriber(spec -> {});
    private final Rig rig = new Rig(subscriber, runtime);
    private final Runnable worker;

    /** Publishes. */
    public CloseAndAwaitTest() {
        rig.open();
        new Hand(rig).publish(rig.event(() -> {}));
        worker = runtime.takeWorker();
    }

    /** Handles. */
    @Actor
    public void worker() {
        worker.run();
    }

    /** Closes and waits. */
    @Actor
    public void user(L_Result result) {
        subscriber.close();
        try {
            result.r1 = rig.awaitClosed() ? "closed" : "not closed";
        } catch (InterruptedException | IllegalStateException overslept) {
            result.r1 = "sleeps on";
        }
    }
}
