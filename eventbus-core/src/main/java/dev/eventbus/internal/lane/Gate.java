/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.breaker.CircuitBreaker;
import dev.eventbus.breaker.Permission;
import dev.eventbus.breaker.Permit;
import dev.eventbus.breaker.Refused;
import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.rate.TokenBucket;
import dev.eventbus.internal.runtime.Timers.Timer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to let a worker pass before it takes a delivery: the rate limit and the circuit breaker of the subscription
 * (B-1).
 *
 * <p>A worker that may not pass sends all workers away (a bit of the {@link Crew}) and then asks once more; whoever opens
 * the gate does that first and then lifts the bit. So one of the two sees the other, and no lane sleeps on. Thread-safe.
 */
final class Gate {
    /** What a worker may pass with. */
    sealed interface Answer {
        /**
         * It may take one delivery.
         *
         * @param permit what the breaker must be told of, or null without one
         */
        record Pass(@Nullable Permit permit) implements Answer {
            private static final Pass WITHOUT_PERMIT = new Pass(null);
        }

        /**
         * It may not.
         *
         * @param untilNanos the moment at which asking again may help, or {@code UNTIL_CHANGED}
         * @param byBreaker whether the breaker refused, and not the rate limit
         */
        record Shut(long untilNanos, boolean byBreaker) implements Answer {}
    }

    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");
    private static final long NEVER = Refused.UNTIL_CHANGED;
    private static final long OPEN = 0;

    private final Lanes lanes;
    private final LaneContext context;
    private final @Nullable CircuitBreaker breaker;
    private final @Nullable TokenBucket rate;
    private final AtomicLong timerNanos = new AtomicLong(NEVER); // when a timer looks again; a later one is not needed
    private final AtomicLong shutNanos = new AtomicLong(OPEN); // since when the breaker has refused, or OPEN
    private final AtomicLong stoodStill = new AtomicLong(); // nanoseconds for which it has refused before
    private volatile long untilNanos = OPEN; // of the last refusal
    private volatile @Nullable Timer timer; // the last one; another that comes too does no harm
    private volatile Runnable forget = () -> {}; // the registration at the breaker

    Gate(Lanes lanes, LaneContext context, @Nullable CircuitBreaker breaker, @Nullable TokenBucket rate) {
        this.lanes = lanes;
        this.context = context;
        this.breaker = breaker;
        this.rate = rate;
    }

    /** Has the breaker tell when somebody may pass; until {@link #close}. */
    void listen() {
        if (breaker != null) {
            forget = breaker.onRoom(this::open);
        }
    }

    void close() {
        forget.run();
        forgetTimer();
        lanes.crew().ungate();
    }

    /** Takes the timer back: it would keep a thread, and with it the bus, for as long as a gate may be shut. */
    void forgetTimer() {
        Timer now = timer;
        if (now != null) {
            context.timers().cancel(now);
        }
    }

    /* ---------------- workers ---------------- */

    /** Lets one delivery pass; null if the workers have been sent away until one may. */
    Answer.@Nullable Pass pass() {
        Answer answer = ask();
        if (answer instanceof Answer.Shut && !lanes.isClosed()) {
            lanes.crew().gate();
            context.ports().runtime().mark("gated");
            answer = ask();
        }
        return switch (answer) {
            case Answer.Pass pass -> {
                lanes.crew().ungate();
                yield pass;
            }
            case Answer.Shut shut -> {
                if (lanes.isClosed()) { // what waits has to be cancelled
                    lanes.crew().ungate();
                    yield Answer.Pass.WITHOUT_PERMIT;
                }
                lookAgainAt(shut.untilNanos());
                yield null;
            }
        };
    }

    private Answer ask() {
        long now = context.ports().clocks().monotonicNanos();
        long wait = rate == null ? 0 : rate.take(now);
        if (wait > 0) {
            return shut(new Answer.Shut(now + wait, false), now);
        }
        Permission permission = breaker == null ? null : breaker.acquire();
        if (permission instanceof Refused refused) {
            giveBackToken();
            return shut(new Answer.Shut(refused.untilNanos(), true), now);
        }
        opened(now);
        return permission instanceof Permit permit ? new Answer.Pass(permit) : Answer.Pass.WITHOUT_PERMIT;
    }

    private Answer shut(Answer.Shut answer, long now) {
        untilNanos = answer.untilNanos();
        if (answer.byBreaker()) {
            boolean unused = shutNanos.compareAndSet(OPEN, now == OPEN ? 1 : now);
        }
        return answer;
    }

    private void opened(long now) {
        untilNanos = OPEN;
        long since = shutNanos.get();
        if (since != OPEN && shutNanos.compareAndSet(since, OPEN)) {
            long unused = stoodStill.addAndGet(now - since);
        }
    }

    /** Takes a pass back that was not needed. */
    void unused(Answer.Pass pass) {
        giveBackToken();
        if (pass.permit() != null) {
            pass.permit().unused();
        }
    }

    private void giveBackToken() {
        if (rate != null) {
            rate.giveBack();
        }
    }

    /** Returns for how long the breaker has kept workers away in all. */
    long stoodStillNanos() {
        return stoodStill.get();
    }

    /* ---------------- whoever opens it ---------------- */

    /** Lets workers ask again, if any was sent away. */
    void open() {
        if (lanes.crew().isGated()) {
            lanes.crew().ungate();
            lanes.call();
        }
    }

    private void lookAgainAt(long atNanos) {
        long known = timerNanos.get();
        while (atNanos != NEVER && (known == NEVER || atNanos - known < 0)) {
            if (timerNanos.compareAndSet(known, atNanos)) {
                schedule(atNanos);
                return;
            }
            known = timerNanos.get();
        }
    }

    private void schedule(long atNanos) {
        try {
            forgetTimer();
            timer = context.timers().schedule(atNanos, this::look);
            if (lanes.crew().isCut()) {
                forgetTimer(); // the shutdown may have come too early to see it
            }
        } catch (Throwable broken) { // of the runtime, or no memory for a thread
            timerNanos.set(NEVER);
            lanes.crew().ungate();
            LOG.error(
                    "bus '{}': subscription '{}' cannot wait for its gate: {}; it asks again at the next event; mend the "
                            + "runtime",
                    context.bus(), lanes.name(), Printable.describe(broken));
        }
    }

    // Before anybody is let in: who asks in vain from now on schedules again.
    private void look() {
        timerNanos.set(NEVER);
        open();
    }

    /* ---------------- a shutdown ---------------- */

    /** Tells whether nobody will pass before a moment. */
    boolean isShutBeyond(long deadlineNanos) {
        long until = untilNanos;
        return lanes.crew().isGated() && until != OPEN && (until == NEVER || until - deadlineNanos > 0);
    }

    /** Tells whether the breaker would let somebody pass now. */
    boolean letsPass() {
        Permission permission = breaker == null ? null : breaker.acquire();
        if (permission instanceof Permit permit) {
            permit.unused();
        }
        return !(permission instanceof Refused);
    }
}
