/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Slot;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.runtime.ByHand;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import java.time.Duration;
import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A delivery goes to wait for its next attempt while its subscription is closed (S-2). */
@JCStressTest
@org.openjdk.jcstress.annotations.Outcome(id = "CANCELLED", expect = ACCEPTABLE, desc = "It waits for no timer.")
@org.openjdk.jcstress.annotations.Outcome(id = "HANDLED", expect = FORBIDDEN, desc = "It was attempted again.")
@org.openjdk.jcstress.annotations.Outcome(id = "OPEN", expect = FORBIDDEN, desc = "It waits, in a closed subscription.")
@org.openjdk.jcstress.annotations.Outcome(id = "DEAD_LETTERED", expect = FORBIDDEN, desc = "It was given up.")
@State
public class RetryAgainstCloseTest {
    private final ByHand runtime = new ByHand();
    private final Subscriber subscriber = Rig.subscriber(
            spec -> spec.retry(RetryPolicy.fixed(Duration.ofSeconds(1)).maxAttempts(2)));
    private final Rig rig = new Rig(subscriber, runtime);
    private final Publication<?> event = rig.event(this::handle);
    private final Runnable worker;
    private int attempts;

    /** Brings a delivery that will fail. */
    public RetryAgainstCloseTest() {
        rig.open();
        Slot slot = Objects.requireNonNull(event.slots());
        slot.reserve(false);
        slot.commit();
        slot.write();
        rig.call();
        worker = runtime.takeWorker();
    }

    private void handle() {
        if (attempts++ == 0) {
            throw new IllegalStateException("fails at first");
        }
    }

    /** Attempts. */
    @Actor
    public void worker() {
        worker.run();
    }

    /** Closes. */
    @Actor
    public void user() {
        subscriber.close();
        runtime.runWorkers();
    }

    /** Lets those run who were called; no timer comes. */
    @Arbiter
    public void judge(L_Result result) {
        runtime.runWorkers();
        result.r1 = rig.inFlight() == 0 ? event.outcome(0).name() : Outcome.OPEN.name();
    }
}
