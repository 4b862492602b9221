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
import org.openjdk.jcstress.infra.results.II_Result;

/** Two publishers of two keys and their workers sort into one map. */
@JCStressTest
@Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "All was handled, each key by one worker at a time.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "An event was left behind, or a key had two owners at once.")
@State
public class TwoKeysTest {
    private static final Subscriber BY_KEY = Rig
            .subscriber(spec -> spec.ordering(Ordering.byKey()).concurrency(2));
    private static final String KEY = "key";

    private final ByHand runtime = new ByHand();
    private final Rig rig = new Rig(BY_KEY, runtime);
    private final Hand hand = new Hand(rig);

    private static final String OTHER_KEY = "other";

    private final Publication<?>[] one = events(0);
    private final Publication<?>[] other = events(1);
    private final int[] handled = new int[2];

    private Publication<?>[] events(int first) {
        return new Publication<?>[] {event(first), event(1 - first)};
    }

    private Publication<?> event(int key) {
        return Rig.event(() -> handle(key), key == 0 ? KEY : OTHER_KEY, rig);
    }

    private void handle(int key) {
        int before = handled[key];
        Thread.onSpinWait();
        handled[key] = before + 1;
    }

    private void publish(Publication<?>[] events) {
        for (Publication<?> event : events) {
            hand.publish(event);
            runtime.runWorkers();
        }
    }

    /** Publishes to both keys, and is the worker that is called. */
    @Actor
    public void one() {
        publish(one);
    }

    /** Publishes to both keys, too. */
    @Actor
    public void other() {
        publish(other);
    }

    /** Lets those run who were called. */
    @Arbiter
    public void judge(II_Result result) {
        runtime.runWorkers();
        result.r1 = handled[0];
        result.r2 = handled[1];
    }
}
