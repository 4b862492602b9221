/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.observe;

import dev.eventbus.breaker.CircuitState;
import java.util.List;

/**
 * Tells whether a bus works as it should, and if not, why.
 *
 * <p>A picture of one moment; nothing is measured for it in advance. Immutable.
 *
 * @param reasons what is wrong, empty when nothing is
 * @since 0.1
 */
public record Health(List<Reason> reasons) {
    /** Creates a picture. */
    public Health {
        reasons = List.copyOf(reasons);
    }

    /**
     * Tells whether nothing is wrong.
     *
     * @return false if it is degraded
     */
    public boolean isUp() {
        return reasons.isEmpty();
    }

    /** Something that is wrong; its text can be shown to an operator. Immutable. */
    public sealed interface Reason {}

    /**
     * Handlers run on after their timeout; their keys wait for them.
     *
     * @param subscription whose handlers
     * @param handlers how many
     */
    public record StuckHandlers(String subscription, int handlers) implements Reason {}

    /**
     * A buffer is nearly full, at nine tenths or more: soon its overflow policy decides.
     *
     * @param subscription whose buffer
     * @param inFlight deliveries accepted and without outcome
     * @param places size of the buffer
     */
    public record SaturatedBuffer(String subscription, int inFlight, int places) implements Reason {}

    /**
     * A circuit breaker lets nobody pass, or only a few to try.
     *
     * @param circuit name of the breaker
     * @param state open, half-open or forced open
     */
    public record OpenCircuit(String circuit, CircuitState state) implements Reason {}

    /**
     * The dead letter store has no room: what is given up now goes to the last resort.
     *
     * @param letters how many it holds
     */
    public record DeadLettersFull(int letters) implements Reason {}

    /**
     * A failure has stopped a subscription; it waits for a resume.
     *
     * @param subscription which one
     * @param failure class and message of the failure
     */
    public record StoppedSubscription(String subscription, String failure) implements Reason {}
}
