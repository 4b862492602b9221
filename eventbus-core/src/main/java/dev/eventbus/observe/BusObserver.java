/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.observe;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.internal.check.Checks;
import java.util.function.Consumer;

/**
 * Is told what the bus does.
 *
 * <p>Called in the thread in which it happens, between the steps of the bus: it should be short. Several threads call
 * it concurrently. What it throws is logged once per kind, counted, and changes nothing else. Signals are lost with the
 * process, and never otherwise. With no observer registered nothing is measured for one.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface BusObserver {
    /**
     * Takes a signal.
     *
     * @param signal what happened
     */
    void onSignal(Signal signal);

    /**
     * Opens a scope around one attempt, for what belongs to the handler's thread, such as a logging context.
     *
     * @param event what is about to be handled
     * @param subscription who is about to handle it
     * @param attempt number of the attempt, from 1
     * @return closed in the same thread when the handler has returned or thrown, in reverse order of the observers
     */
    default AttemptScope openScope(EventEnvelope<?> event, String subscription, int attempt) {
        return AttemptScope.NONE;
    }

    /**
     * Makes an observer that is told of each delivery that was given up, and of nothing else.
     *
     * @param action takes each new letter, and each whose redrive has failed, whether the store had room for it or not
     * @return the observer
     */
    static BusObserver ofDeadLetters(Consumer<DeadLetter> action) {
        Checks.notNull(action, "action");
        return signal -> {
            if (signal instanceof Signal.DeadLettered dead) {
                action.accept(dead.letter());
            }
        };
    }

    /** Something that lasts as long as one attempt. */
    @FunctionalInterface
    interface AttemptScope {
        /** A scope that does nothing. */
        AttemptScope NONE = () -> {};

        /** Ends the scope. */
        void close();
    }
}
