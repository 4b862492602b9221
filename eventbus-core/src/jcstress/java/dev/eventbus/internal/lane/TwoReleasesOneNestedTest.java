/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.eventbus.internal.deliver.Admission;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.runtime.ByHand;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two places come back at once; one publisher waits inside a delivery, another one outside. */
@JCStressTest
@Outcome(id = "2", expect = ACCEPTABLE, desc = "Both were woken.")
@Outcome(id = {"0", "1"}, expect = FORBIDDEN, desc = "A publisher sleeps on beside a free place.")
@State
public class TwoReleasesOneNestedTest {
    private static final Subscriber SMALL = Rig.subscriber(spec -> spec.buffer(1));
    private static final long DEADLINE = Long.MAX_VALUE / 4;

    /** Sleeps by leaving: the publisher stays where it waits. */
    private static final class Asleep extends ByHand {
        private static final RuntimeException AWAY = new RuntimeException("asleep", null, false, false) {
        };

        @Override
        public void parkUntil(long monotonicNanos) {
            throw AWAY;
        }
    }

    private final Asleep runtime = new Asleep();
    private final Lanes lanes = new Rig(SMALL, runtime).lanes();

    /** Takes all places, then lets two publishers wait. */
    public TwoReleasesOneNestedTest() {
        while (lanes.places().take(true) == Admission.PLACE) {
            continue;
        }
        sleep(true);
        sleep(false);
    }

    private void sleep(boolean nested) {
        try {
            lanes.waiters().await(nested, DEADLINE, () -> false);
            throw new AssertionError("there is no place");
        } catch (RuntimeException asleep) {
            if (asleep != Asleep.AWAY) {
                throw asleep;
            }
        }
    }

    /** Gives a place back. */
    @Actor
    public void one() {
        lanes.gaveBack();
    }

    /** Gives another one back. */
    @Actor
    public void other() {
        lanes.gaveBack();
    }

    /** Counts. */
    @Arbiter
    public void judge(I_Result woken) {
        woken.r1 = runtime.unparks();
    }
}
