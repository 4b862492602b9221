/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import dev.eventbus.internal.check.Checks;
import dev.eventbus.spi.Clocks;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls pass as long as enough of them succeed, and refuses them for a time when they do not.
 *
 * <p>The states and what leads from one to the other are those of {@link CircuitState}. In half-open exactly as many
 * calls pass as the policy has permits, however many threads ask at once. Time is the monotonic clock alone, so a wall
 * clock that jumps changes nothing. There is no timer and no thread: a transition is made by whoever asks, and what was
 * registered is called in that thread, with no lock held, before its call returns. No method waits. Thread-safe.
 *
 * @since 0.1
 */
public final class CircuitBreaker {
    // Concurrency: one lock guards the phase and what is in it, for a few instructions; the clock is read before it and
    // hooks are called after it. A closed breaker gives permits without it. Results count only if the phase of their
    // permit is still the current one, which is compared under the lock: that is all it takes to ignore late results.

    private static final String ROOM = "room for calls";

    private final String name;
    private final CircuitBreakerPolicy policy;
    private final Clocks clocks;
    private final long slowNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Phase phase; // written under the lock
    private final LongAdder refused = new LongAdder();
    private final LongAdder opened = new LongAdder();
    private final Hooks<Change> changes;
    private final Hooks<String> room;

    private CircuitBreaker(String name, CircuitBreakerPolicy policy, Clocks clocks) {
        this.name = Checks.name(name, "name");
        this.policy = Checks.notNull(policy, "policy");
        this.clocks = Checks.notNull(clocks, "clocks");
        this.slowNanos = policy.rates().slowNanos();
        this.phase = new Closed(policy, clocks.monotonicNanos());
        this.changes = new Hooks<>(name);
        this.room = new Hooks<>(name);
    }

    /**
     * Creates a closed breaker with the clocks of the machine.
     *
     * @param name how exceptions, signals and metrics call it
     * @param policy when it opens and closes
     * @return the breaker
     */
    public static CircuitBreaker create(String name, CircuitBreakerPolicy policy) {
        return create(name, policy, Clocks.system());
    }

    /**
     * Creates a closed breaker.
     *
     * @param name how exceptions, signals and metrics call it
     * @param policy when it opens and closes
     * @param clocks whose monotonic clock it goes by
     * @return the breaker
     */
    public static CircuitBreaker create(String name, CircuitBreakerPolicy policy, Clocks clocks) {
        return new CircuitBreaker(name, policy, clocks);
    }

    /**
     * Names the breaker.
     *
     * @return its name
     */
    public String name() {
        return name;
    }

    /**
     * Returns when it opens and closes.
     *
     * @return the policy
     */
    public CircuitBreakerPolicy policy() {
        return policy;
    }

    /**
     * Returns the state, as the last transition left it: an open breaker whose time is over is open until somebody asks
     * for a permit.
     *
     * @return the current state
     */
    public CircuitState state() {
        return phase.state();
    }

    /**
     * Makes a call, counts its result, and returns or throws what it does.
     *
     * @param <T> type of the result
     * @param work the call
     * @return what the call returned
     * @throws CircuitOpenException if the breaker refuses it; the call was not made
     * @throws Exception what the call threw
     */
    public <T extends @Nullable Object> T call(Callable<T> work) throws Exception {
        long begun = clocks.monotonicNanos(); // first: one that throws must not keep a permit
        Permit permit = permitFor(work);
        T result;
        try {
            result = work.call();
        } catch (Throwable failure) {
            permit.failed(failure, nowOr(begun) - begun);
            throw failure;
        }
        permit.succeeded(nowOr(begun) - begun);
        return result;
    }

    /**
     * Makes a call, counts its result, and throws what it throws.
     *
     * @param work the call
     * @throws CircuitOpenException if the breaker refuses it; the call was not made
     */
    public void run(Runnable work) {
        long begun = clocks.monotonicNanos(); // first: one that throws must not keep a permit
        Permit permit = permitFor(work);
        try {
            work.run();
        } catch (Throwable failure) {
            permit.failed(failure, nowOr(begun) - begun);
            throw failure;
        }
        permit.succeeded(nowOr(begun) - begun);
    }

    private Permit permitFor(Object work) {
        Checks.notNull(work, "work");
        return switch (acquire()) {
            case Permit permit -> permit;
            case Refused no -> throw refusal(no);
        };
    }

    /**
     * Makes the exception that tells of a refusal.
     *
     * @param no what {@link #acquire} answered
     * @return the exception, to be thrown or kept
     */
    public CircuitOpenException refusal(Refused no) {
        Duration retryIn = no.untilNanos() == Refused.UNTIL_CHANGED
                ? null
                : Duration.ofNanos(Math.max(0, no.untilNanos() - clocks.monotonicNanos()));
        return new CircuitOpenException(name, no.state(), no.failureRate(), retryIn);
    }

    /**
     * Asks to make one call, for those who record its result by hand. Never waits.
     *
     * @return a permit to be given back with the result, or a refusal that tells when asking again may help
     */
    public Permission acquire() {
        Phase current = phase;
        return current instanceof Closed ? new Permit(this, current) : ask(clocks.monotonicNanos());
    }

    private Permission ask(long nowNanos) {
        Phase from;
        Phase to;
        Permission answer;
        lock.lock();
        try {
            from = phase;
            to = from.at(nowNanos);
            phase = to;
            answer = to.take(nowNanos) ? new Permit(this, to) : to.refused();
        } finally {
            lock.unlock();
        }
        if (answer instanceof Refused) {
            refused.increment();
        }
        tell(from, to);
        return answer;
    }

    /** Counts a result, unless the phase of its permit is over. */
    void record(Phase given, boolean failed, long elapsedNanos) {
        long now = nowOr(given.sinceNanos());
        Phase to = given;
        lock.lock();
        try {
            if (phase == given) {
                to = given.record(failed, elapsedNanos > slowNanos, now);
                phase = to;
            }
        } finally {
            lock.unlock();
        }
        tell(given, to);
    }

    // A clock that throws must not undo a call that was made, nor keep its permit.
    private long nowOr(long before) {
        try {
            return clocks.monotonicNanos();
        } catch (RuntimeException broken) {
            return before;
        }
    }

    /** Takes back a permit without a result, unless its phase is over. */
    void giveBack(Phase given) {
        boolean missed;
        lock.lock();
        try {
            missed = phase == given && given.giveBack();
        } finally {
            lock.unlock();
        }
        if (missed) {
            room.tell(ROOM);
        }
    }

    /** Refuses every call until another state is set by hand. Permits that are out lose their effect. */
    public void forceOpen() {
        force(CircuitState.FORCED_OPEN);
    }

    /** Lets every call pass, counting none, until another state is set by hand. Permits that are out lose their effect. */
    public void forceClosed() {
        force(CircuitState.FORCED_CLOSED);
    }

    private void force(CircuitState state) {
        if (phase.state() != state) {
            enter(now -> new Forced(state, now));
        }
    }

    /** Closes with an empty window and the initial open time. Permits that are out lose their effect. */
    public void reset() {
        enter(now -> new Closed(policy, now));
    }

    private void enter(LongFunction<Phase> state) {
        Phase to = state.apply(clocks.monotonicNanos());
        Phase from;
        lock.lock();
        try {
            from = phase;
            phase = to;
        } finally {
            lock.unlock();
        }
        tell(from, to);
    }

    // Half-open that opens again counts as room, too: the open time may end before the moment that half-open told.
    private void tell(Phase from, Phase to) {
        if (from.state() == to.state()) {
            return;
        }
        if (to.state() == CircuitState.OPEN) {
            opened.increment();
        }
        changes.tell(new Change(from.state(), to.state()));
        if (refuses(from.state()) && to.state() != CircuitState.FORCED_OPEN) {
            room.tell(ROOM);
        }
    }

    private static boolean refuses(CircuitState state) {
        return state != CircuitState.CLOSED && state != CircuitState.FORCED_CLOSED;
    }

    /**
     * Registers for every change of the state.
     *
     * <p>Called by the thread that made the change, after it and with no lock held, before its call returns; changes that
     * several threads make at nearly the same time may be told in either order. It must not wait; it may use the
     * breaker. One that throws is logged once and harms nobody.
     *
     * @param told called with each change
     * @return removes it; a call that has begun may still be running then
     */
    public Runnable onChange(Consumer<? super Change> told) {
        return changes.add(Checks.notNull(told, "told"));
    }

    /**
     * Registers for every moment at which somebody who was refused before might pass, or may ask again sooner than told.
     *
     * <p>These are the changes to half-open and from there, the end of a forced opening, and a permit that comes back
     * unused to a half-open breaker that has refused somebody meanwhile; not the end of the open time, which each refusal
     * tells. Who registers before asking misses none. Called like {@link #onChange}, after it.
     *
     * @param told called each time
     * @return removes it; a call that has begun may still be running then
     */
    public Runnable onRoom(Runnable told) {
        Checks.notNull(told, "told");
        return room.add(unused -> told.run());
    }

    /**
     * Reads counters and rates.
     *
     * @return those of this moment
     */
    public CircuitMetrics metrics() {
        long now = clocks.monotonicNanos();
        lock.lock();
        try {
            Phase current = phase;
            Tally tally = current.tally(now);
            return new CircuitMetrics(current.state(), Duration.ofNanos(Math.max(0, now - current.sinceNanos())),
                    tally.calls(), tally.failureRate(), tally.slowRate(), refused.sum(), opened.sum());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "CircuitBreaker[" + name + ", " + state() + ", " + policy + "]";
    }

    /**
     * A change of the state. Immutable.
     *
     * @param from state before
     * @param to state after, another one
     */
    public record Change(CircuitState from, CircuitState to) {}
}
