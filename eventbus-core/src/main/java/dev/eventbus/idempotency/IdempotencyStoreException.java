/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.idempotency;

import dev.eventbus.error.EventBusException;
import dev.eventbus.internal.check.Printable;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The failure of an attempt whose idempotency key could not be claimed: the handler was not called.
 *
 * <p>Retry policies see it like any exception of the handler. Its cause is what the store threw; there is none if the store
 * was full. Immutable.
 *
 * @since 0.1
 * @serial exclude
 */
public final class IdempotencyStoreException extends EventBusException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String subscription;

    private IdempotencyStoreException(String subscription, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.subscription = subscription;
    }

    /**
     * Creates the exception for a store that threw.
     *
     * @param subscription name of the subscription
     * @param store name of the store's class
     * @param thrown what it threw
     * @return the exception
     */
    public static IdempotencyStoreException threw(String subscription, String store, Throwable thrown) {
        return new IdempotencyStoreException(subscription, "Subscription '" + subscription
                + "' could not claim an event: its idempotency store threw (store=" + store + ", thrown="
                + Printable.className(thrown) + "); mend the store, or let the retry policy outlast its failures",
                thrown);
    }

    /**
     * Creates the exception for a store without room.
     *
     * @param subscription name of the subscription
     * @param store name of the store's class
     * @return the exception
     */
    public static IdempotencyStoreException full(String subscription, String store) {
        return new IdempotencyStoreException(subscription, "Subscription '" + subscription
                + "' could not claim an event: its idempotency store is full (store=" + store
                + "); raise its capacity, shorten the retention, or choose WhenFull.FORGET_OLDEST", null);
    }

    /**
     * Creates the exception for a key whose running attempt did not end while a caller waited.
     *
     * @param subscription name of the subscription
     * @return the exception
     */
    public static IdempotencyStoreException inUse(String subscription) {
        return new IdempotencyStoreException(subscription, "Subscription '" + subscription
                + "' could not claim an event: another attempt of its key did not end in time; redrive the dead letter when it "
                + "has, or raise maxElapsed", null);
    }

    /**
     * Names the subscription.
     *
     * @return whose attempt failed
     */
    public String subscription() {
        return subscription;
    }
}
