/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.deliver.AttemptResult;
import dev.eventbus.internal.deliver.PermittedCall;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.runtime.Timers.Timer;
import dev.eventbus.observe.Signal;
import dev.eventbus.subscribe.HandlerTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the handlers of one subscription that run too long (D-4).
 *
 * <p>One timer entry in all, at the earliest moment at which some running attempt could be late; each look finds the
 * next one. A worker arms it when nobody has. Whoever changes the timer takes the state to {@code CHANGING} first, and
 * looks again for running attempts after it has left it idle. Thread-safe.
 */
final class Watch {
    private enum State {
        IDLE, ARMED, CHANGING
    }

    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");
    private static final long NEVER = Long.MAX_VALUE;
    private static final int STACK_FRAMES = 40;
    private static final int MOST_TELLERS = 100;

    private final Lanes lanes;
    private final LaneContext context;
    private final long timeoutNanos; // or NEVER
    private final long slowNanos; // or NEVER
    private final Map<Long, Guard> guards = new ConcurrentHashMap<>(); // at most the workers; by number, for simulations
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger tellers = new AtomicInteger();
    private final AtomicInteger abandoned = new AtomicInteger();
    private volatile @Nullable Timer timer; // of who has taken the state to ARMED or CHANGING
    private volatile boolean slow; // some handler was slow at the last look; of who looks

    Watch(Lanes lanes, LaneContext context) {
        this.lanes = lanes;
        this.context = context;
        this.timeoutNanos = nanos(lanes.settings().timeout());
        this.slowNanos = nanos(lanes.settings().slow());
    }

    private static long nanos(@Nullable Duration duration) {
        return duration == null ? NEVER : Ports.toNanos(duration);
    }

    int abandoned() {
        return abandoned.get();
    }

    /* ---------------- workers ---------------- */

    long join(Guard guard) {
        long number = numbers.incrementAndGet();
        guards.put(number, guard);
        return number;
    }

    void leave(long number) {
        guards.remove(number);
        stopIfUnused();
    }

    // Or the timers' thread would outlive the work.
    private void stopIfUnused() {
        if (guards.isEmpty() && state.compareAndSet(State.ARMED, State.CHANGING)) {
            cancel();
            goIdle();
        }
    }

    /** Makes sure that somebody looks when an attempt that begins now would be late. */
    void arm(long startedNanos) {
        if (state.get() == State.IDLE && state.compareAndSet(State.IDLE, State.CHANGING)) {
            schedule(startedNanos + Math.min(timeoutNanos, slowNanos));
        }
    }

    /** Replaces the result of an attempt that was timed out. */
    AttemptResult timedOut(Worker worker, AttemptResult late) {
        abandoned.decrementAndGet();
        Throwable thrown = late instanceof AttemptResult.Failed failed ? failed.failure() : null;
        Publication<?> event = worker.event();
        Duration timeout = lanes.settings().timeout();
        if (LaneDelivery.endsThreads(thrown) || event == null || timeout == null) {
            return late;
        }
        return new AttemptResult.Failed(exception(event, worker.attempt(), timeout, thrown), timeout);
    }

    private HandlerTimeoutException exception(Publication<?> event, int attempt, Duration timeout,
            @Nullable Throwable thrown) {
        return new HandlerTimeoutException(lanes.name(), event.id(), event.typeName(), attempt, timeout, thrown);
    }

    /* ---------------- the timer ---------------- */

    private void schedule(long atNanos) {
        try {
            state.set(State.ARMED); // first: the timer may come at once
            context.ports().runtime().mark("watch armed");
            timer = context.timers().schedule(atNanos, this::look);
            stopIfUnused(); // the last worker may have left before there was a timer to take back
        } catch (Throwable broken) { // of the runtime, or no memory for a thread
            boolean unused = state.compareAndSet(State.ARMED, State.IDLE); // the next attempt tries again
            LOG.error("bus '{}': handlers of subscription '{}' run without timeout now: {}; mend the runtime",
                    context.bus(), lanes.name(), Printable.describe(broken));
        }
    }

    private void cancel() {
        Timer now = timer;
        if (now != null) {
            context.timers().cancel(now);
        }
    }

    private void goIdle() {
        state.set(State.IDLE);
        context.ports().runtime().mark("watch idle");
        for (Guard guard : guards.values()) {
            long turn = guard.turn();
            if (guard.isRunning(turn) && (timeoutNanos != NEVER || !guard.isWarned(turn))) {
                arm(guard.startedNanos()); // it has begun while nobody could arm
            }
        }
    }

    private void look() {
        if (!state.compareAndSet(State.ARMED, State.CHANGING)) {
            return; // the last worker has left
        }
        cancel(); // where an earlier timer comes late there must not be two from now on
        long next = NEVER;
        long now = 0;
        try {
            now = context.ports().clocks().monotonicNanos();
            next = lookAt(now);
        } finally {
            if (next == NEVER) {
                goIdle();
            } else {
                schedule(now + next);
            }
        }
    }

    private long lookAt(long now) {
        long next = NEVER;
        boolean anySlow = false;
        for (Guard guard : guards.values()) {
            long turn = guard.turn();
            long running = now - guard.startedNanos();
            if (guard.isRunning(turn) && !(running >= timeoutNanos && timeOut(guard, turn))) {
                anySlow |= running >= slowNanos && isSlow(guard, turn, running);
                next = Math.min(next, untilLate(guard, turn, running));
            }
        }
        slow = anySlow;
        return next;
    }

    private long untilLate(Guard guard, long turn, long running) {
        long untilSlow = slowNanos == NEVER || guard.isWarned(turn) ? NEVER : slowNanos - running;
        long untilTimeout = timeoutNanos == NEVER ? NEVER : timeoutNanos - running;
        return Math.max(0, Math.min(untilSlow, untilTimeout));
    }

    private boolean timeOut(Guard guard, long turn) {
        if (!guard.timeOut(turn)) {
            return true; // it has just ended
        }
        Publication<?> event = guard.worker().event(); // the worker stays until the interrupt has arrived
        int attempt = guard.worker().attempt();
        Duration timeout = lanes.settings().timeout();
        lanes.subscriber().countTimedOut();
        abandoned.incrementAndGet();
        PermittedCall permitted = guard.worker().permitted();
        if (permitted != null && event != null && timeout != null) { // a permit comes back at the timeout at the latest
            permitted.timedOut(exception(event, attempt, timeout, null), timeout);
        }
        interrupt(guard);
        if (context.signals().active() && event != null && timeout != null) {
            apart(() -> context.signals().tell(new Signal.TimedOut(event, lanes.name(), attempt, timeout)));
        }
        return true;
    }

    private void interrupt(Guard guard) {
        try {
            guard.interrupt();
        } catch (RuntimeException broken) { // of the runtime: the others must be looked at all the same
            LOG.error("bus '{}': a handler of subscription '{}' could not be interrupted: {}; mend the runtime",
                    context.bus(), lanes.name(), Printable.describe(broken));
        }
    }

    private boolean isSlow(Guard guard, long turn, long running) {
        if (guard.warn(turn) && !slow) {
            slow = true;
            warn(guard, turn, Duration.ofNanos(running));
        }
        return true;
    }

    private void warn(Guard guard, long turn, Duration running) {
        Publication<?> event = guard.worker().event();
        int attempt = guard.worker().attempt();
        Thread thread = guard.thread();
        StackTraceElement[] stack = thread == null ? new StackTraceElement[0] : thread.getStackTrace();
        if (event == null || guard.turn() != turn) {
            return; // it has just ended
        }
        apart(() -> {
            LOG.warn("bus '{}': subscription '{}' is slow: attempt {} of event {} ({}) runs for {}; at\n\t{}",
                    context.bus(), lanes.name(), attempt, event.id(), event.typeName(), running, print(stack));
            if (context.signals().active()) {
                context.signals().tell(new Signal.SlowHandler(event, lanes.name(), attempt, running));
            }
        });
    }

    private static String print(StackTraceElement[] stack) {
        return Stream.of(stack).limit(STACK_FRAMES).map(StackTraceElement::toString)
                .collect(Collectors.joining("\n\t"));
    }

    // What observers and loggers do must not keep the timers waiting.
    private void apart(Runnable telling) {
        if (tellers.incrementAndGet() > MOST_TELLERS) {
            tellers.decrementAndGet(); // observers hang: metrics say the rest
            return;
        }
        try {
            context.ports().runtime().start("eventbus-" + context.bus() + "-watch", () -> {
                telling.run();
                tellers.decrementAndGet();
            });
        } catch (Throwable broken) {
            tellers.decrementAndGet();
            LOG.error("bus '{}': no thread to tell of a slow handler: {}; mend the runtime", context.bus(),
                    Printable.describe(broken));
        }
    }
}
