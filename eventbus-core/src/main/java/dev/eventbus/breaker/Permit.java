/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import dev.eventbus.internal.check.Checks;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The right to make one call, to be given back with its result.
 *
 * <p>The first of {@code succeeded}, {@code failed} and {@code unused} counts; whatever is called later does nothing. A
 * permit belongs to the stay in the state in which it was given: a result that comes after the breaker has left it, or
 * after a reset, is ignored. In half-open a permit that never comes back delays the verdict until the longest wait is
 * over. Each method may run what was registered for changes, never waits and throws nothing for a result. Thread-safe.
 *
 * @since 0.1
 */
public final class Permit implements Permission {
    private static final VarHandle PHASE;

    static {
        try {
            PHASE = MethodHandles.lookup().findVarHandle(Permit.class, "phase", Phase.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final CircuitBreaker breaker;
    private @Nullable Phase phase; // VarHandle PHASE: one exchange takes it; null when used

    Permit(CircuitBreaker breaker, Phase phase) {
        this.breaker = breaker;
        this.phase = phase;
    }

    /**
     * Counts a success.
     *
     * @param elapsed how long the call took, since a slow one may count against it
     */
    public void succeeded(Duration elapsed) {
        succeeded(Nanos.of(Checks.notNull(elapsed, "elapsed")));
    }

    /**
     * Counts a success.
     *
     * @param nanos how long the call took, since a slow one may count against it
     */
    public void succeeded(long nanos) {
        Phase given = use();
        if (given != null) {
            breaker.record(given, false, nanos);
        }
    }

    /**
     * Counts a failure, or gives the permit back like {@link #unused} if the policy ignores it.
     *
     * @param failure what the call threw; predicates of the policy are asked in this thread
     * @param elapsed how long the call took
     */
    public void failed(Throwable failure, Duration elapsed) {
        failed(failure, Nanos.of(Checks.notNull(elapsed, "elapsed")));
    }

    /**
     * Counts a failure, or gives the permit back like {@link #unused} if the policy ignores it.
     *
     * @param failure what the call threw; predicates of the policy are asked in this thread
     * @param nanos how long the call took
     */
    public void failed(Throwable failure, long nanos) {
        Checks.notNull(failure, "failure");
        Phase given = use();
        if (given == null) {
            return;
        }
        if (breaker.policy().records(failure)) {
            breaker.record(given, true, nanos);
        } else {
            breaker.giveBack(given);
        }
    }

    /** Gives the permit back without a result: the call was not made, or tells nothing of what the breaker guards. */
    public void unused() {
        Phase given = use();
        if (given != null) {
            breaker.giveBack(given);
        }
    }

    // linearization point of the three: who gets the phase is first
    private @Nullable Phase use() {
        return (Phase) PHASE.getAndSet(this, null);
    }

    @Override
    public String toString() {
        return "Permit[circuit=" + breaker.name() + ", used=" + (PHASE.getVolatile(this) == null) + "]";
    }
}
