/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.check.Checks;
import dev.eventbus.policy.RateLimit;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The choices of a subscription that only lanes have. Not thread-safe. */
final class LaneChoices {
    private static final int DEFAULT_CONCURRENCY = 256;
    private static final int DEFAULT_PLACES = 8_192;
    private static final Overflow DEFAULT_OVERFLOW = Overflow.block(Duration.ofSeconds(5));
    private static final double DEFAULT_SHARE = 0.25;
    private static final double ROUNDING = 1e-6;

    private final String name;
    private @Nullable Ordering ordering;
    private @Nullable Integer concurrency;
    private @Nullable Integer places;
    private @Nullable Overflow overflow;
    private @Nullable Double keyShare;
    private @Nullable Duration timeout;
    private @Nullable Duration slow;
    private @Nullable RateLimit rate;
    private @Nullable Batching batch;

    LaneChoices(String name) {
        this.name = name;
    }

    void ordering(Ordering value) {
        ordering = Checks.notNull(value, "ordering");
    }

    void concurrency(int value) {
        concurrency = Checks.atLeast(value, 1, "concurrency");
    }

    void buffer(int value) {
        places = Checks.atLeast(value, 1, "places");
    }

    void buffer(int value, Overflow policy) {
        overflow = Checks.notNull(policy, "overflow");
        places = Checks.atLeast(value, 1, "places");
    }

    void keyShare(double value) {
        if (!(value > 0 && value <= 1)) {
            throw new ConfigurationException("keyShare must be in (0, 1], was " + value);
        }
        keyShare = value;
    }

    void timeout(Duration value) {
        timeout = Checks.positive(value, "timeout");
    }

    void warnIfSlowerThan(Duration value) {
        slow = Checks.positive(value, "warnIfSlowerThan");
    }

    void rate(RateLimit value) {
        rate = Checks.notNull(value, "rateLimit");
    }

    @Nullable RateLimit rate() {
        return rate;
    }

    void batch(int max, Duration maxWait) {
        batch = new Batching(Checks.atLeast(max, 2, "max"), Checks.notNegative(maxWait, "maxWait"));
    }

    boolean batches() {
        return batch != null;
    }

    void refuseOnSynchronous() {
        refuseOnSynchronous(ordering, "ordering");
        refuseOnSynchronous(concurrency, "concurrency");
        refuseOnSynchronous(places, "buffer");
        refuseOnSynchronous(keyShare, "keyShare");
        refuseOnSynchronous(timeout, "timeout");
        refuseOnSynchronous(slow, "warnIfSlowerThan");
        refuseOnSynchronous(rate, "rateLimit");
        refuseOnSynchronous(batch, "handleBatch");
    }

    private void refuseOnSynchronous(@Nullable Object choice, String what) {
        if (choice != null) {
            throw new ConfigurationException("Subscription '" + name + "' is synchronous: its handlers run in the "
                    + "publisher's thread, which " + what + " cannot govern; leave " + what
                    + " out or choose dispatch(Dispatch.virtualThreads())");
        }
    }

    LaneSettings settings() {
        Ordering order = ordering == null ? Ordering.serial() : ordering;
        if (!(order instanceof Ordering.ByKey)) {
            refuseUnlessByKey(concurrency, "concurrency", order);
            refuseUnlessByKey(keyShare, "keyShare", order);
        } else if (Overflow.DROP_OLDEST.equals(overflow)) {
            throw new ConfigurationException(
                    "Subscription '" + name + "' is ordered by key, where DROP_OLDEST would punish "
                            + "one key for another; choose DROP_NEWEST or DEAD_LETTER");
        }
        refuseBatches(order);
        int size = places == null ? DEFAULT_PLACES : places;
        double share = keyShare == null ? DEFAULT_SHARE : keyShare;
        return new LaneSettings(order, concurrency(order), size, overflow == null ? DEFAULT_OVERFLOW : overflow,
                placesOf(size, share), timeout, slow, batch);
    }

    private void refuseBatches(Ordering order) {
        if (batch != null && !(order instanceof Ordering.Serial)) {
            throw new ConfigurationException("Subscription '" + name + "' handles batches, which follow one order "
                    + "(ordering=" + order + "); leave ordering out or choose Ordering.serial()");
        }
        if (batch != null && Overflow.DROP_OLDEST.equals(overflow)) {
            throw new ConfigurationException(
                    "Subscription '" + name + "' handles batches, from which DROP_OLDEST would take "
                            + "what is being gathered; choose DROP_NEWEST or DEAD_LETTER");
        }
        int size = places == null ? DEFAULT_PLACES : places;
        if (batch != null && batch.max() > size) {
            throw new ConfigurationException(
                    "Subscription '" + name + "': max (" + batch.max() + ") of a batch must be <= "
                            + "places (" + size + ") of the buffer; raise the buffer");
        }
    }

    // 7 % of 100 is 7, and no rounding error more.
    private static int placesOf(int size, double share) {
        return Math.max(1, (int) Math.ceil(size * share - ROUNDING));
    }

    private void refuseUnlessByKey(@Nullable Object choice, String what, Ordering order) {
        if (choice != null) {
            throw new ConfigurationException("Subscription '" + name + "' is not ordered by key (ordering=" + order
                    + "), so that " + what + " says nothing; leave it out or choose Ordering.byKey");
        }
    }

    private int concurrency(Ordering order) {
        return switch (order) {
            case Ordering.Serial serial -> 1;
            case Ordering.ByKey byKey -> concurrency == null ? DEFAULT_CONCURRENCY : concurrency;
            case Ordering.Unordered unordered -> unordered.concurrency();
        };
    }
}
