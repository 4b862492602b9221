/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import dev.eventbus.deadletter.Sequence;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.policy.RateLimit;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.Delivery;
import dev.eventbus.testkit.SubscriptionKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was drawn for one subscription.
 *
 * @param name its name
 * @param kind its order
 * @param batch most events of one call, 1 for none
 * @param ownBreaker its own breaker, or null
 * @param shared name of the breaker that it shares, or null
 * @param rate bound of its attempts, or null
 * @param retry its retry policy
 * @param idempotent by what it knows duplicates, or null
 * @param sequenced whether its letters keep their order
 * @param timeout of its attempts, or null
 */
record Feature(String name, SubscriptionKind kind, int batch, FailureChoices.@Nullable Breaker ownBreaker,
        @Nullable String shared, @Nullable RateLimit rate, RetryPolicy retry, @Nullable IdempotencyPolicy idempotent,
        SequencePolicy sequenced, @Nullable Duration timeout) {
    @Nullable String circuit() {
        return ownBreaker == null ? shared : name;
    }

    boolean hasLanes() {
        return kind != SubscriptionKind.SYNCHRONOUS;
    }

    /** Returns what stands for a delivery in the idempotency store, or null. */
    @Nullable String idempotencyKey(Delivery<Told> delivery) {
        return idempotent == null ? null : idempotent.keyOf(delivery.event());
    }

    /** Returns the sequence that a delivery belongs to, or null. */
    @Nullable Sequence sequence(Delivery<Told> delivery) {
        if (!sequenced.isSequenced()) {
            return null;
        }
        return switch (kind) {
            case SERIAL -> new Sequence(name, null);
            case KEYED -> new Sequence(name, String.valueOf(delivery.payload().key()));
            case SYNCHRONOUS -> delivery.event().metadata().key() == null
                    ? null
                    : new Sequence(name, String.valueOf(delivery.event().metadata().key()));
            case UNORDERED -> null;
        };
    }
}
