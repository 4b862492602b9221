/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.subscribe.DeliveryHandler;
import dev.eventbus.subscribe.EventHandler;
import org.jspecify.annotations.Nullable;

/**
 * One {@code on} or {@code onEvent} of a subscription: exactly one of the two handlers is there. Immutable.
 *
 * @param <E> type of the payload
 * @param type what is taken
 * @param onPayload handler of the payload, or null
 * @param onDelivery handler of the delivery, or null
 */
record Binding<E>(Class<E> type, @Nullable EventHandler<? super E> onPayload, @Nullable DeliveryHandler<E> onDelivery) {
    boolean isMoreSpecificThan(Binding<?> other) {
        return type != other.type && other.type.isAssignableFrom(type);
    }
}
