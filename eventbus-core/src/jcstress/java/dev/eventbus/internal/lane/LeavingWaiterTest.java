/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.runtime.ByHand;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A publisher that is refused leaves while a place comes back; another one waits behind it. */
@JCStressTest
@Outcome(id = "nobody", expect = ACCEPTABLE, desc = "Nobody sleeps beside a free place.")
@Outcome(id = "somebody", expect = FORBIDDEN, desc = "The place went to who was leaving, and the other one sleeps on.")
@State
public class LeavingWaiterTest {
    private static final Subscriber ONE_PLACE = Rig.subscriber(spec -> spec.buffer(1));
    private static final long DEADLINE = 1;

    /** The first to wait sees another one come, then its deadline; that other one sleeps by leaving. */
    private static final class Deadline extends ByHand {
        private static final RuntimeException AWAY = new RuntimeException("asleep", null, false, false) {
        };
        private RoomWaiters waiters;
        private boolean nextGoesOn;
        private long now;
        private boolean waits;

        @Override
        public void parkUntil(long monotonicNanos) {
            if (waits) {
                throw AWAY;
            }
            waits = true;
            try {
                waiters.await(false, Long.MAX_VALUE / 4, () -> false);
                nextGoesOn = true;
            } catch (RuntimeException asleep) {
                if (asleep != AWAY) {
                    throw asleep;
                }
            }
            now = DEADLINE;
        }

        @Override
        public long monotonicNanos() {
            return now;
        }
    }

    private final Deadline runtime = new Deadline();
    private final Lanes lanes = new Rig(ONE_PLACE, runtime).lanes();
    private boolean goesOn;

    /** Takes the place. */
    public LeavingWaiterTest() {
        runtime.waiters = lanes.waiters();
        lanes.places().take(false);
    }

    /** Waits until it is refused. */
    @Actor
    public void leaving() {
        lanes.waiters().await(false, DEADLINE, () -> runtime.now >= DEADLINE); // with the deadline comes a refusal
        goesOn = !runtime.waits; // else it was refused, and asks no more
    }

    /** Gives the place back. */
    @Actor
    public void worker() {
        lanes.gaveBack();
    }

    /** Lets those ask who go on, and looks for one who sleeps. */
    @Arbiter
    public void judge(L_Result sleeper) {
        if (goesOn || runtime.nextGoesOn) {
            lanes.places().take(false);
        }
        int woken = runtime.unparks();
        lanes.waiters().wakeNext();
        sleeper.r1 = runtime.unparks() == woken ? "nobody" : "somebody";
    }
}
