/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.Scopes;
import dev.eventbus.publish.BusClosedException;
import org.jspecify.annotations.Nullable;

/**
 * Lets publishes in, until a shutdown begins only those inside deliveries, and from its deadline on none (S-1).
 *
 * <p>It meets them in two volatile steps each: who publishes claims a caller lane and then looks here, a shutdown closes
 * here and then looks at the caller lanes; so an event is either seen by the shutdown or rejected. Thread-safe.
 */
final class Door {
    private final String bus;
    private final OwnDeliveries own;
    private volatile boolean closing; // publishes from outside are refused
    private volatile boolean cutOff; // all are

    Door(String bus, OwnDeliveries own) {
        this.bus = bus;
        this.own = own;
    }

    void close() {
        closing = true;
    }

    void cutOff() {
        cutOff = true;
    }

    boolean isCutOff() {
        return cutOff;
    }

    /** Tells whether a publish that waits for room has to give up. */
    boolean isRefused(@Nullable DeliveryScope scope) {
        return cutOff || (closing && (scope == null || !own.isInside()));
    }

    /** Tells whether an outermost publish that has claimed a caller lane must leave it again. */
    boolean isOutermostRefused() {
        return closing && (cutOff || !own.isInsideLanes());
    }

    /** Refuses what comes from outside a delivery. */
    void requireOpen(String type) {
        if (closing) {
            throw BusClosedException.publish(bus, type);
        }
    }

    /** Refuses a redrive, but in a delivering thread itself. */
    void requireOpenForRedrive() {
        if (closing && own.lane(Scopes.current()) == null && !own.isInsideLanes()) {
            throw BusClosedException.redrive(bus);
        }
    }
}
