/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.observe;

import dev.eventbus.breaker.CircuitState;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.error.EventBusException;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.publish.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened in a bus.
 *
 * <p>Of one delivery there is exactly one {@link Settled} signal, whatever else is said of it. Signals print ids, types
 * and names, never payloads. Immutable.
 *
 * @since 0.1
 */
public sealed interface Signal {
    /** The end of one delivery, or of one further round of it. */
    sealed interface Settled extends Signal {
        /**
         * Returns what was delivered.
         *
         * @return the event
         */
        EventEnvelope<?> event();

        /**
         * Names who it was delivered to.
         *
         * @return name of the subscription
         */
        String subscription();

        /**
         * Returns how it ended.
         *
         * @return a final outcome
         */
        Outcome outcome();
    }

    /**
     * An event was accepted.
     *
     * @param event the event
     * @param deliveries how many deliveries it opened
     */
    record Published(EventEnvelope<?> event, int deliveries) implements Signal {}

    /**
     * An event was refused.
     *
     * @param rejection what the publisher was told: a {@code PublishRejectedException} or a {@code WouldDeadlockException}
     */
    record Rejected(EventBusException rejection) implements Signal {}

    /**
     * An event was accepted that no subscription matches.
     *
     * @param event the event
     */
    record Unmatched(EventEnvelope<?> event) implements Signal {}

    /**
     * An attempt failed.
     *
     * @param event what was attempted
     * @param subscription by whom
     * @param attempt number of the attempt
     * @param failure what the handler threw
     * @param elapsed how long the handler ran
     */
    record AttemptFailed(EventEnvelope<?> event, String subscription, int attempt, Throwable failure, Duration elapsed)
            implements
                Signal {
        @Override
        public String toString() {
            return "AttemptFailed[event=" + event + ", subscription=" + subscription + ", attempt=" + attempt
                    + ", failure="
                    + failure.getClass().getName() + ", elapsed=" + elapsed + "]";
        }
    }

    /**
     * A failed delivery waits for its next attempt.
     *
     * @param event what is delivered
     * @param subscription to whom
     * @param nextAttempt number of the attempt that it waits for
     * @param delay how long
     */
    record RetryScheduled(EventEnvelope<?> event, String subscription, int nextAttempt,
            Duration delay) implements Signal {}

    /**
     * A delivery was handled.
     *
     * @param event what was delivered
     * @param subscription to whom
     * @param attempt number of the attempt that succeeded
     * @param elapsed how long its handler ran
     * @param sincePublish time from the publish to the handler's return; null for a redrive
     */
    record Handled(EventEnvelope<?> event, String subscription, int attempt, Duration elapsed,
            @Nullable Duration sincePublish) implements Settled {
        @Override
        public Outcome outcome() {
            return Outcome.HANDLED;
        }
    }

    /**
     * A delivery was given up and is a dead letter now.
     *
     * @param letter the letter
     * @param kept whether the store has it; if not, the last-resort sink was given it
     */
    record DeadLettered(DeadLetter letter, boolean kept) implements Settled {
        @Override
        public EventEnvelope<?> event() {
            return letter.event();
        }

        @Override
        public String subscription() {
            return letter.subscription();
        }

        @Override
        public Outcome outcome() {
            return Outcome.DEAD_LETTERED;
        }
    }

    /**
     * A delivery ended without being handled and without a dead letter.
     *
     * @param event what was delivered
     * @param subscription to whom
     * @param outcome propagated, cancelled, returned or dropped
     */
    record Ended(EventEnvelope<?> event, String subscription, Outcome outcome) implements Settled {}

    /**
     * An attempt has taken longer than the timeout; its handler was interrupted and is still running.
     *
     * @param event what is attempted
     * @param subscription by whom
     * @param attempt number of the attempt
     * @param timeout how long it might take
     */
    record TimedOut(EventEnvelope<?> event, String subscription, int attempt, Duration timeout) implements Signal {}

    /**
     * A handler runs longer than the subscription finds usual; once for as long as its handlers stay slow.
     *
     * @param event what is attempted
     * @param subscription by whom
     * @param attempt number of the attempt
     * @param running for how long
     */
    record SlowHandler(EventEnvelope<?> event, String subscription, int attempt, Duration running) implements Signal {}

    /**
     * A failure has stopped a subscription, as one of its rules says; no attempt begins until somebody resumes it.
     *
     * @param event what failed; it is first when the subscription goes on
     * @param subscription which one
     * @param failure what the handler threw
     */
    record SubscriptionStopped(EventEnvelope<?> event, String subscription, Throwable failure) implements Signal {
        @Override
        public String toString() {
            return "SubscriptionStopped[event=" + event + ", subscription=" + subscription + ", failure="
                    + failure.getClass().getName() + "]";
        }
    }

    /**
     * A letter was thrown away by somebody.
     *
     * @param letter the letter as it was
     * @param reason why, in the words of who did it
     */
    record LetterDiscarded(DeadLetter letter, String reason) implements Signal {}

    /**
     * A letter was given another payload.
     *
     * @param letter the letter as it is now; its last edit holds the payload of before
     * @param reason why, in the words of who did it
     */
    record LetterEdited(DeadLetter letter, String reason) implements Signal {}

    /**
     * A letter was kept as long as the bus wants to, and is gone.
     *
     * @param letter the letter as it was
     */
    record LetterExpired(DeadLetter letter) implements Signal {}

    /**
     * The idempotency store has forgotten completed keys before their time, to make room for a claim.
     *
     * <p>Events with these keys would be handled again. They may be keys of any subscription of the store.
     *
     * @param subscription for whose claim
     * @param keys how many, at least 1
     */
    record KeysForgotten(String subscription, int keys) implements Signal {}

    /**
     * A circuit breaker has changed its state. Changes made by several threads at nearly the same time may be told in either
     * order.
     *
     * @param circuit name of the breaker
     * @param from state before
     * @param to state after, another one
     */
    record CircuitChanged(String circuit, CircuitState from, CircuitState to) implements Signal {}

    /** The bus refuses publishes from outside from now on. */
    record ShutdownBegun() implements Signal {}

    /**
     * The shutdown is over.
     *
     * @param report the same that the caller gets
     */
    record ShutdownEnded(CloseReport report) implements Signal {}
}
