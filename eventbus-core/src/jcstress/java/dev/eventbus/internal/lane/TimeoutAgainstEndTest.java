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
import dev.eventbus.publish.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The watch times an attempt out while it ends; another delivery follows (D-4). */
@JCStressTest
@org.openjdk.jcstress.annotations.Outcome(id = "HANDLED, 0 sent", expect = ACCEPTABLE, desc = "The end was first.")
@org.openjdk.jcstress.annotations.Outcome(id = "DEAD_LETTERED, 1 sent", expect = ACCEPTABLE, desc = "The timeout was first.")
@org.openjdk.jcstress.annotations.Outcome(id = "stray", expect = FORBIDDEN, desc = "The interrupt has hit what came after.")
@org.openjdk.jcstress.annotations.Outcome(id = "sleeps on", expect = FORBIDDEN, desc = "The worker waits for what has arrived.")
@org.openjdk.jcstress.annotations.Outcome(id = ".*", expect = FORBIDDEN, desc = "Both have won, or neither.")
@State
public class TimeoutAgainstEndTest {
    private static final Subscriber TIMED = Rig.subscriber(spec -> spec.timeout(Duration.ofNanos(10)));
    private static final long LATE = 1_000;

    /** Early for the worker until its first delivery is over; late for the timers. */
    private static final class TwoTimes extends ByHand {
        private static final RuntimeException AWAY = new RuntimeException("asleep", null, false, false) {
        };
        private volatile Thread worker;
        private boolean firstIsOver; // of the worker

        @Override
        public void parkUntil(long monotonicNanos) {
            if (Thread.currentThread() != worker) {
                throw AWAY;
            }
            super.parkUntil(monotonicNanos);
        }

        @Override
        public void unpark(Thread thread) {
            if (thread == worker) {
                super.unpark(thread);
            }
        }

        @Override
        public long monotonicNanos() {
            return Thread.currentThread() == worker && !firstIsOver ? 0 : LATE;
        }
    }

    private final TwoTimes runtime = new TwoTimes();
    private final Rig rig = new Rig(TIMED, runtime);
    private final Publication<?> first = rig.event(this::handleFirst);
    private final Publication<?> second = rig.event(this::handleSecond);
    private final Runnable worker;
    private final Runnable timers;
    private volatile boolean handling; // this and the next only so that the two meet
    private volatile boolean looking;
    private boolean stray;
    private boolean overslept;

    /** Brings two deliveries, and arms the watch. */
    public TimeoutAgainstEndTest() {
        for (Publication<?> event : List.of(first, second)) {
            Slot slot = Objects.requireNonNull(event.slots());
            slot.reserve(false);
            slot.commit();
            slot.write();
        }
        rig.call();
        worker = runtime.takeWorker();
        Objects.requireNonNull(rig.lanes().watch()).arm(0);
        timers = runtime.takeTimers();
    }

    private void handleFirst() {
        handling = true;
        for (int spins = 0; !looking && spins < 300; spins++) {
            Thread.onSpinWait();
        }
        for (int spins = ThreadLocalRandom.current().nextInt(40); spins > 0; spins--) {
            Thread.onSpinWait();
        }
        runtime.firstIsOver = true;
    }

    private void handleSecond() {
        stray |= Thread.interrupted();
    }

    /** Handles both. */
    @Actor
    public void worker() {
        runtime.worker = Thread.currentThread();
        try {
            worker.run();
        } catch (IllegalStateException never) {
            overslept = true;
        }
        stray |= Thread.interrupted();
    }

    /** Looks. */
    @Actor
    public void watch() {
        for (int spins = 0; !handling && spins < 300; spins++) {
            Thread.onSpinWait();
        }
        looking = true;
        try {
            timers.run();
        } catch (RuntimeException asleep) {
            if (asleep != TwoTimes.AWAY) {
                throw asleep;
            }
        }
    }

    /** Compares. */
    @Arbiter
    public void judge(L_Result result) {
        boolean unhandled = second.outcome(0) != Outcome.HANDLED;
        result.r1 = overslept
                ? "sleeps on"
                : stray
                        ? "stray"
                        : unhandled
                                ? "second " + second.outcome(0)
                                : first.outcome(0) + ", " + runtime.interrupts() + " sent";
    }
}
