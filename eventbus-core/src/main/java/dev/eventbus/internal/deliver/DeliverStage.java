/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.observe.BusObserver.AttemptScope;
import dev.eventbus.observe.Signal;
import java.time.Duration;

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

    // as above
    private AttemptResult observed(Target target, Publication<?> event, int attempt) {
        String name = target.subscriber().name();
        AttemptScope scope = signals.openScopes(event, name, attempt);
        long begun = ports.clocks().monotonicNanos();
        try {
            target.handle(event, attempt);
            return new AttemptResult.Succeeded(since(begun));
        } catch (Throwable failure) {
            Duration elapsed = since(begun);
            signals.tell(new Signal.AttemptFailed(event, name, attempt, failure, elapsed));
            return new AttemptResult.Failed(failure, elapsed);
        } finally {
            scope.close();
        }
    }

    private Duration since(long begun) {
        return Duration.ofNanos(ports.clocks().monotonicNanos() - begun);
    }
}
