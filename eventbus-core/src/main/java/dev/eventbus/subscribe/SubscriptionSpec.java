/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.subscribe;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.policy.RetryPolicy;

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
}
