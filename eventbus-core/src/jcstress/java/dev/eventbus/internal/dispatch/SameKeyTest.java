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
import dev.eventbus.subscribe.Ordering;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The lane of a key is emptied, and forgotten, while the key's next event comes, whose handler publishes one more. */
@JCStressTest
@Outcome(id = "123", expect = ACCEPTABLE, desc = "One owner at a time, in order.")
@Outcome(id = {"1", "2", "3", "12", "13", "23",
        "0"}, expect = FORBIDDEN, desc = "Two owners at once, or an event was left behind.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "The events of the key were disordered.")
@State
public class SameKeyTest {
    private static final Subscriber BY_KEY = Rig
            .subscriber(spec -> spec.ordering(Ordering.byKey()).concurrency(2));
    private static final String KEY = "key";

    private final ByHand runtime = new ByHand();
    private final Rig rig = new Rig(BY_KEY, runtime);
    private final Hand hand = new Hand(rig);

    private final Publication<?> second = Rig.event(this::handleSecond, KEY, rig);
    private final Publication<?> third = Rig.event(() -> handle(3), KEY, rig);
    private final Runnable worker;
    private int handled; // plain: only turns that exclude each other lose nothing

    /** Publishes the first event. */
    public SameKeyTest() {
        hand.publish(Rig.event(() -> handle(1), KEY, rig));
        worker = runtime.takeWorker();
    }

    private void handle(int number) {
        int before = handled;
        Thread.onSpinWait();
        handled = before * 10 + number;
    }

    private void handleSecond() {
        hand.publish(third);
        handle(2);
    }

    /** Handles what it finds. */
    @Actor
    public void worker() {
        worker.run();
    }

    /** Publishes the second, and is the worker that is called for it. */
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
