/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

/**
 * Publishes events: the one port that services and handlers need of a bus.
 *
 * <p>Called inside a handler, the event follows from the one being handled: correlation is inherited, causation is that
 * event's id, depth is one more; key and attributes are not inherited. On the synchronous dispatcher it waits until the
 * current event has reached all its handlers. Thread-safe.
 *
 * @since 0.1
 */
public interface EventPublisher {
    /**
     * Publishes an event with no options.
     *
     * @param payload any immutable object; its class decides who gets it
     * @return what became, or will become, of it in each subscription
     * @throws PublishRejectedException if the event was refused; then it has reached no subscription
     * @throws RuntimeException of a subscription that propagates failures, see its {@code HandlerFailedException}: the event
     *     was accepted and has reached all its subscriptions, but there is no receipt
     * @throws VirtualMachineError that a handler has thrown, after the other handlers
     */
    Receipt publish(Object payload);

    /**
     * Publishes an event with explicit metadata.
     *
     * @param payload any immutable object; its class decides who gets it
     * @param options metadata that wins over what the bus would give
     * @return what became, or will become, of it in each subscription
     * @throws PublishRejectedException if the event was refused; then it has reached no subscription
     * @throws RuntimeException of a subscription that propagates failures, see its {@code HandlerFailedException}: the event
     *     was accepted and has reached all its subscriptions, but there is no receipt
     * @throws VirtualMachineError that a handler has thrown, after the other handlers
     */
    Receipt publish(Object payload, PublishOptions options);
}
