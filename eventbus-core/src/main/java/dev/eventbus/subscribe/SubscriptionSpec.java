/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.subscribe;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.policy.RetryPolicy;
import java.time.Duration;

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
     * Says when a failed delivery is attempted again; the bus's policy unless set.
     *
     * @param policy the policy
     * @return this
     */
    SubscriptionSpec retry(RetryPolicy policy);

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
