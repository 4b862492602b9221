/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.subscribe;

import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.policy.FailureAction;
import dev.eventbus.policy.RateLimit;
import dev.eventbus.policy.RetryPolicy;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Says what a subscription takes and how it is delivered to.
 *
 * <p>An event that several {@code on} types match is delivered once, to the handler of the most specific type; of
 * unrelated types to the one named first. Not thread-safe; it ends when the function that was given it returns.
 *
 * @since 0.1
 */
public interface SubscriptionSpec {
    /**
     * Takes events by payload.
     *
     * @param <E> type of the payload
     * @param type class, superclass or interface of payloads; each type once
     * @param handler handles the payload
     * @return this
     * @throws ConfigurationException if the type has a handler already, or is primitive
     */
    <E> SubscriptionSpec on(Class<E> type, EventHandler<? super E> handler);

    /**
     * Takes events by delivery.
     *
     * @param <E> type of the payload
     * @param type class, superclass or interface of payloads; each type once
     * @param handler handles the delivery
     * @return this
     * @throws ConfigurationException if the type has a handler already, or is primitive
     */
    <E> SubscriptionSpec onEvent(Class<E> type, DeliveryHandler<E> handler);

    /**
     * Leaves out events of a type unless a filter wants them; several filters must all want an event.
     *
     * @param <E> type of the payload
     * @param type class, superclass or interface of payloads
     * @param filter decides
     * @return this
     */
    <E> SubscriptionSpec filter(Class<E> type, EventFilter<E> filter);

    /**
     * Takes events of one type in batches: up to so many in one call, in the order in which they were published.
     *
     * <p>A call begins when there are {@code max} events, or when the first of them has waited for {@code maxWait}. If it
     * fails, the batch is halved until the event that fails stands alone; that one follows the retry policy, and those
     * behind it wait as in any serial subscription. What the handler publishes follows from the first event of the call.
     * Serial subscriptions on virtual threads only, which take nothing else then.
     *
     * @param <E> type of the payloads
     * @param type class or interface of the payloads
     * @param max most events in one call, at least 2
     * @param maxWait longest wait for others; zero takes what is there
     * @param handler handles the deliveries
     * @return this
     */
    <E> SubscriptionSpec handleBatch(Class<E> type, int max, Duration maxWait, BatchHandler<E> handler);

    /**
     * Says when a failed delivery is attempted again; the bus's policy unless set.
     *
     * @param policy the policy
     * @return this
     */
    SubscriptionSpec retry(RetryPolicy policy);

    /**
     * Says what follows when a handler throws a failure of a class; of several rules that fit the one said first counts.
     *
     * @param type class of the failure
     * @param action what follows; {@code PROPAGATE} on the synchronous dispatcher only, {@code STOP} on virtual threads only
     * @return this
     */
    SubscriptionSpec onFailure(Class<? extends Throwable> type, FailureAction action);

    /**
     * Says what follows when a handler throws a failure for which a predicate holds.
     *
     * @param failure asked in the handler's thread; one that throws does not hold
     * @param action what follows
     * @return this
     */
    SubscriptionSpec onFailure(Predicate<Throwable> failure, FailureAction action);

    /**
     * Keeps attempts from a dependency that fails, by a circuit breaker of this subscription alone, which has its name.
     *
     * <p>On virtual threads an open breaker pauses the subscription before a delivery is taken: no attempt is made, no
     * claim is held, and {@code maxElapsed} stands still. Meanwhile the buffer fills, and its overflow policy reaches the
     * publisher where it blocks or rejects, and so all subscriptions of the event; {@code DEAD_LETTER} and the dropping ones
     * spare the others. On the synchronous dispatcher the event becomes a dead letter with reason {@code CIRCUIT_OPEN}, or
     * is thrown in propagate mode.
     *
     * @param policy when it opens and closes
     * @return this
     */
    SubscriptionSpec circuitBreaker(CircuitBreakerPolicy policy);

    /**
     * Keeps attempts from a dependency that fails, by a circuit breaker that the bus was built with and that others share.
     *
     * @param shared its name
     * @return this
     */
    SubscriptionSpec circuitBreaker(String shared);

    /**
     * Handles one event of each idempotency key: at most one attempt of a key runs at a time, and after one has succeeded
     * further events of the key end as duplicates, for as long as the store keeps it.
     *
     * @param policy what the key is and how long it is kept
     * @return this
     */
    SubscriptionSpec idempotent(IdempotencyPolicy policy);

    /**
     * Chooses whether dead letters keep their order: then events of a key wait as letters behind the first one that was
     * given up, until that is redriven or discarded.
     *
     * <p>Unless set, subscriptions by key are sequenced and others are not. A serial one that is sequenced is one sequence
     * as a whole; a synchronous one has a sequence for each key of an envelope.
     *
     * @param policy sequenced or not, and its bounds
     * @return this
     */
    SubscriptionSpec sequenced(SequencePolicy policy);

    /**
     * Bounds how many attempts begin in some time; none unless set. What comes faster waits in the buffer. Virtual threads
     * only.
     *
     * @param limit the bound
     * @return this
     */
    SubscriptionSpec rateLimit(RateLimit limit);

    /**
     * Throws what is given up to the publisher instead of making it a dead letter.
     *
     * <p>The outermost {@code publish} throws one {@link HandlerFailedException} after all other handlers have run;
     * further ones are suppressed in it. Synchronous dispatcher only.
     *
     * @return this
     */
    SubscriptionSpec propagate();

    /**
     * Chooses the threads that deliver; the bus's choice unless set.
     *
     * @param value the dispatch
     * @return this
     */
    SubscriptionSpec dispatch(Dispatch value);

    /**
     * Chooses the order of deliveries; {@link Ordering#serial()} unless set. Virtual threads only.
     *
     * @param value the order
     * @return this
     */
    SubscriptionSpec ordering(Ordering value);

    /**
     * Bounds how many handlers of a subscription by key run at the same time; 256 unless set. A delivery that waits for
     * its next attempt does not count.
     *
     * @param value at least 1
     * @return this
     */
    SubscriptionSpec concurrency(int value);

    /**
     * Bounds the deliveries that have been accepted and have no outcome yet; 8,192 unless set. Beyond it a publisher
     * waits for at most 5 s, and is rejected then. Virtual threads only.
     *
     * <p>A publish inside a delivery may use a quarter more, at least one place, so that chains of events end.
     *
     * @param places at least 1
     * @return this
     */
    SubscriptionSpec buffer(int places);

    /**
     * Bounds the deliveries that have been accepted and have no outcome yet, and says what happens beyond it.
     *
     * @param places at least 1
     * @param overflow what becomes of an event that finds no place
     * @return this
     */
    SubscriptionSpec buffer(int places, Overflow overflow);

    /**
     * Bounds the share of the buffer that one key may hold while it waits for a retry; a quarter unless set. What comes
     * beyond meets the overflow policy for that key alone, so that a key that always fails leaves room for the others.
     * Subscriptions by key only.
     *
     * @param share more than 0, at most 1; rounded up to a whole place
     * @return this
     */
    SubscriptionSpec keyShare(double share);

    /**
     * Bounds the time of one attempt; none unless set. Virtual threads only.
     *
     * <p>At the timeout the handler is interrupted and the attempt has failed with a {@link HandlerTimeoutException}. What
     * follows (a retry, a dead letter, the next event of the key) waits until the handler has really returned; until then
     * the delivery counts as abandoned. What a handler does after its timeout, a success too, is ignored: an effect may
     * happen twice.
     *
     * @param value more than zero
     * @return this
     */
    SubscriptionSpec timeout(Duration value);

    /**
     * Logs a warning with the stack of a handler that runs longer than this; none unless set. One line for as long as
     * handlers of the subscription stay slow. Virtual threads only.
     *
     * @param value more than zero
     * @return this
     */
    SubscriptionSpec warnIfSlowerThan(Duration value);
}
