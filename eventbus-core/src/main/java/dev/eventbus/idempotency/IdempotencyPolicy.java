/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.idempotency;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.internal.check.Checks;
import dev.eventbus.internal.check.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * By what a subscription knows that it has handled an event before, and for how long.
 *
 * <p>Two events with the same key are one to the subscription: once one of them was handled, the other is a duplicate for the
 * retention time, or until a bounded store has forgotten the key. Keys of the payload are compared by their text, whatever
 * the types of the payloads: 7 and "7" are the same. Ids of events are apart from them. Immutable: each method returns
 * another value.
 *
 * @since 0.1
 */
public final class IdempotencyPolicy {
    private static final Duration DEFAULT_LEASE = Duration.ofMinutes(5);

    private final List<KeyRule<?>> rules;
    private final Duration retention;
    private final Duration lease;

    // Ordering.KeyOf says the same, but its package knows this one.
    private record KeyRule<E>(Class<E> type, Function<? super E, ?> key) {
        @Nullable Object keyOf(Object payload) {
            return key.apply(type.cast(payload));
        }
    }

    private IdempotencyPolicy(List<KeyRule<?>> rules, Duration retention, Duration lease) {
        this.rules = rules;
        this.retention = retention;
        this.lease = lease;
    }

    /**
     * Returns a policy that knows events by their ids: what is published twice is two events, what is delivered again is one.
     *
     * @param retention how long after an event was handled another with its id is a duplicate, more than zero
     * @return the policy
     */
    public static IdempotencyPolicy byEventId(Duration retention) {
        return new IdempotencyPolicy(List.of(), Checks.positive(retention, "retention"), DEFAULT_LEASE);
    }

    /**
     * Returns a policy that knows events by something that payloads of a type say, and others by their ids.
     *
     * @param <E> type of the payload
     * @param type class, superclass or interface of payloads
     * @param key returns a String, Long, Integer, UUID or enum, or null to go by the id of the event; one that throws fails
     *     the delivery
     * @param retention how long after an event was handled another with its key is a duplicate, more than zero
     * @return the policy
     */
    public static <E> IdempotencyPolicy byKey(Class<E> type, Function<? super E, ?> key, Duration retention) {
        return byEventId(retention).and(type, key);
    }

    /**
     * Adds the key of payloads of a further type; the first type that fits a payload counts.
     *
     * @param <E> type of the payload
     * @param type class, superclass or interface of payloads
     * @param key returns their key, see {@link #byKey}
     * @return a policy with it
     */
    public <E> IdempotencyPolicy and(Class<E> type, Function<? super E, ?> key) {
        List<KeyRule<?>> more = new ArrayList<>(rules);
        more.add(new KeyRule<>(Checks.notNull(type, "type"), Checks.notNull(key, "key")));
        return new IdempotencyPolicy(List.copyOf(more), retention, lease);
    }

    /**
     * Says how long a claim lasts whose process is gone; in memory there is no such thing.
     *
     * @param value more than zero, and more than the timeout of the subscription; 5 minutes unless set
     * @return a policy with it
     */
    public IdempotencyPolicy lease(Duration value) {
        return new IdempotencyPolicy(rules, retention, Checks.positive(value, "lease"));
    }

    /**
     * Finds what an event is known by.
     *
     * @param event any event
     * @return its key, at most {@value IdempotencyStore#MAX_KEY_LENGTH} characters, all printable
     * @throws ConfigurationException if the key function returned something that is no key, or one longer than 256 characters
     */
    public String keyOf(EventEnvelope<?> event) {
        for (KeyRule<?> rule : rules) {
            if (rule.type.isInstance(event.payload())) {
                Object key = rule.keyOf(event.payload());
                return key == null ? idOf(event) : "key:" + Checks.name(Printable.key(Checks.key(key)), "key");
            }
        }
        return idOf(event);
    }

    // With a mark, since the key of one payload may well be the id of another event.
    private static String idOf(EventEnvelope<?> event) {
        return "event:" + event.id();
    }

    /**
     * Returns how long a key is remembered after an event with it was handled.
     *
     * @return more than zero
     */
    public Duration retention() {
        return retention;
    }

    /**
     * Returns how long a claim lasts whose process is gone.
     *
     * @return more than zero
     */
    public Duration lease() {
        return lease;
    }

    @Override
    public String toString() {
        return "IdempotencyPolicy[" + (rules.isEmpty() ? "byEventId" : "byKey of " + rules.size() + " types")
                + ", retention=" + retention + ", lease=" + lease + "]";
    }
}
