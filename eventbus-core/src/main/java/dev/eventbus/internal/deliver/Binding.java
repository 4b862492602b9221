/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.subscribe.BatchHandler;
import dev.eventbus.subscribe.DeliveryHandler;
import dev.eventbus.subscribe.EventHandler;
import org.jspecify.annotations.Nullable;

/**
 * One {@code on}, {@code onEvent} or {@code handleBatch} of a subscription: exactly one of the handlers is there.
 * Immutable.
 *
 * @param <E> type of the payload
 * @param type what is taken
 * @param onPayload handler of the payload, or null
 * @param onDelivery handler of the delivery, or null
 * @param onBatch handler of several deliveries, or null
 */
record Binding<E>(Class<E> type, @Nullable EventHandler<? super E> onPayload, @Nullable DeliveryHandler<E> onDelivery,
        @Nullable BatchHandler<E> onBatch) {
    boolean isMoreSpecificThan(Binding<?> other) {
        return type != other.type && other.type.isAssignableFrom(type);
    }
}
