/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.observe.BusObserver.AttemptScope;
import dev.eventbus.subscribe.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Runs single attempts. Thread-safe. */
public final class DeliverStage {
    private final Ports ports;
    private final Signals signals;

    /**
     * Creates the stage.
     *
     * @param ports the clock
     * @param signals who is told
     */
    public DeliverStage(Ports ports, Signals signals) {
        this.ports = ports;
        this.signals = signals;
    }

    /**
     * Calls the handler once and accounts for whatever it throws.
     *
     * @param target who handles
     * @param event what is handled
     * @param attempt number of the attempt
     * @return never null, and nothing is thrown
     */
    // D-5: any Throwable of a handler is accounted for
    public AttemptResult attempt(Target target, Publication<?> event, int attempt) {
        if (signals.active()) {
            return observed(target, event, attempt);
        }
        try {
            target.handle(event, attempt);
            return AttemptResult.Succeeded.UNTIMED;
        } catch (Throwable failure) {
            return new AttemptResult.Failed(failure, null);
        }
    }

    // What is measured for observers must cost no delivery: clocks are read outside the handler's try, and may throw.
    private AttemptResult observed(Target target, Publication<?> event, int attempt) {
        return observed(target, event, attempt, () -> target.handle(event, attempt));
    }

    /**
     * Calls the handler of a batch once and accounts for whatever it throws.
     *
     * @param target who handles
     * @param first the event that stands for all to observers
     * @param attempt number of its attempt
     * @param batch what is handled
     * @return never null, and nothing is thrown
     */
    public AttemptResult attempt(Target target, Publication<?> first, int attempt, List<Delivery<Object>> batch) {
        return observed(target, first, attempt, () -> target.handle(batch));
    }

    @FunctionalInterface
    private interface Call {
        void run() throws Exception;
    }

    private AttemptResult observed(Target target, Publication<?> event, int attempt, Call call) {
        boolean active = signals.active();
        OptionalLong begun = active ? clock() : OptionalLong.empty();
        AttemptScope scope = active
                ? signals.openScopes(event, target.subscriber().name(), attempt)
                : AttemptScope.NONE;
        Throwable failure = null;
        try {
            call.run();
        } catch (Throwable thrown) {
            failure = thrown;
        }
        Duration elapsed = active ? since(begun) : null;
        scope.close();
        return failure == null ? new AttemptResult.Succeeded(elapsed) : new AttemptResult.Failed(failure, elapsed);
    }

    private OptionalLong clock() {
        try {
            return OptionalLong.of(ports.clocks().monotonicNanos());
        } catch (RuntimeException broken) {
            return OptionalLong.empty();
        }
    }

    private Duration since(OptionalLong begun) {
        OptionalLong now = clock();
        return begun.isEmpty() || now.isEmpty()
                ? Duration.ZERO
                : Duration.ofNanos(now.getAsLong() - begun.getAsLong());
    }
}
