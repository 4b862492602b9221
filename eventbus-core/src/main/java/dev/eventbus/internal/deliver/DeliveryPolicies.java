/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.breaker.CircuitBreaker;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.internal.rate.TokenBucket;
import dev.eventbus.internal.retry.RetryTerms;
import org.jspecify.annotations.Nullable;

/**
 * What one subscription does about failure, composed when it is opened. Immutable but for what it shares with others.
 *
 * @param retry when a failed delivery is attempted again
 * @param idempotency what makes an event a duplicate, or null
 * @param sequencing how letters are parked in order, or null where they are not
 * @param breaker what keeps attempts from a dead dependency, or null
 * @param rate what attempts take tokens from, or null
 */
public record DeliveryPolicies(RetryTerms retry, @Nullable IdempotencyPolicy idempotency,
        @Nullable SequencePolicy sequencing, @Nullable CircuitBreaker breaker,
        @Nullable TokenBucket rate) {
    /** Tells whether there is nothing to ask before an attempt in the caller's thread. */
    boolean isPlain() {
        return idempotency == null && sequencing == null && breaker == null;
    }

    /**
     * Tells whether attempts have to be let pass.
     *
     * @return true with a breaker or a rate limit
     */
    public boolean isGated() {
        return breaker != null || rate != null;
    }
}
