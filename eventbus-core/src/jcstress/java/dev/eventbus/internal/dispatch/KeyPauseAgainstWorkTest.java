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

/** A key is paused and resumed while its event comes and a worker looks for it. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "It was handled after the resume.")
@Outcome(id = "0", expect = FORBIDDEN, desc = "It is left behind in the lane of a key that nobody has paused.")
@Outcome(id = "2", expect = FORBIDDEN, desc = "It was handled twice.")
@State
public class KeyPauseAgainstWorkTest {
    private static final Subscriber BY_KEY = Rig
            .subscriber(spec -> spec.ordering(Ordering.byKey()).concurrency(2));
    private static final String KEY = "key";

    private final ByHand runtime = new ByHand();
    private final Rig rig = new Rig(BY_KEY, runtime);
    private final Hand hand = new Hand(rig);

    private final Publication<?> event = Rig.event(this::handle, KEY, rig);
    private int handled;

    private void handle() {
        handled++;
    }

    /** Publishes, and is the worker that is called. */
    @Actor
    public void publisher() {
        hand.publish(event);
        runtime.runWorkers();
    }

    /** Pauses and resumes the key. */
    @Actor
    public void user() {
        rig.pause(KEY);
        rig.resume(KEY);
        runtime.runWorkers();
    }

    /** Lets those run who were called. */
    @Arbiter
    public void judge(I_Result result) {
        runtime.runWorkers();
        result.r1 = handled;
    }
}
