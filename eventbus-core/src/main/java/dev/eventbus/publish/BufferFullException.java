/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

import java.io.Serial;
import java.time.Duration;

/**
 * Tells that a subscription had no place for an event, and that its overflow policy rejects the publish then.
 *
 * <p>Immutable.
 *
 * @since 0.1
 * @serial exclude
 */
public final class BufferFullException extends PublishRejectedException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String subscription;
    private final int places;
    private final Duration waited;

    private BufferFullException(String bus, String type, String subscription, int places, Duration waited,
            String fact) {
        super(bus, type,
                "Bus '" + bus + "' rejected an event (" + type + "): the buffer of subscription '" + subscription
                        + "' is full (" + fact
                        + "); raise its buffer, handle faster, or choose an overflow policy that spares "
                        + "the publisher",
                null);
        this.subscription = subscription;
        this.places = places;
        this.waited = waited;
    }

    /**
     * Creates the exception for a subscription that has no place.
     *
     * @param bus name of the bus
     * @param type name of the event's type
     * @param subscription name of the subscription
     * @param places size of its buffer
     * @param waited how long the publisher has waited
     * @return the exception
     */
    public static BufferFullException buffer(String bus, String type, String subscription, int places,
            Duration waited) {
        return new BufferFullException(bus, type, subscription, places, waited,
                "places=" + places + ", waited=" + waited);
    }

    /**
     * Creates the exception for a key that waits for a retry and holds its share.
     *
     * @param bus name of the bus
     * @param type name of the event's type
     * @param subscription name of the subscription
     * @param share places that one key may hold
     * @param waited how long the publisher has waited
     * @return the exception
     */
    public static BufferFullException key(String bus, String type, String subscription, int share, Duration waited) {
        return new BufferFullException(bus, type, subscription, share, waited,
                "for its key, which waits for a retry: keyShare=" + share + ", waited=" + waited);
    }

    /**
     * Names the subscription.
     *
     * @return its name
     */
    public String subscription() {
        return subscription;
    }

    /**
     * Returns how many places are taken.
     *
     * @return the size of the buffer, or the share of the key
     */
    public int places() {
        return places;
    }

    /**
     * Returns how long the publisher has waited.
     *
     * @return zero where the policy does not wait
     */
    public Duration waited() {
        return waited;
    }
}
