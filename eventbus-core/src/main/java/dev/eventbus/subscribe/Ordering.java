/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.subscribe;

import dev.eventbus.internal.check.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * In which order a subscription on virtual threads is delivered to.
 *
 * <p>Order means: the next delivery begins when the one before has its outcome, retries and their waits included.
 * Immutable.
 *
 * @since 0.1
 */
public sealed interface Ordering {
    /**
     * Delivers one event at a time, in the order in which they were published.
     *
     * @return the order
     */
    static Ordering serial() {
        return new Serial();
    }

    /**
     * Delivers one event of each key at a time, in the order in which they were published; keys do not wait for each
     * other. The key is the envelope's; events without a key have their order among themselves.
     *
     * @return the order
     */
    static ByKey byKey() {
        return new ByKey(List.of());
    }

    /**
     * Like {@link #byKey()}, with the subscription's own key for payloads of a type, and the envelope's for others.
     *
     * @param <E> type of the payload
     * @param type class, superclass or interface of payloads
     * @param key returns a String, Long, Integer, UUID or enum, or null for none; runs in the publisher's thread before
     *     the event is accepted, and one that throws makes the event a dead letter of this subscription alone
     * @return the order
     */
    static <E> ByKey byKey(Class<E> type, Function<? super E, ?> key) {
        return byKey().and(type, key);
    }

    /**
     * Delivers up to so many events at once, in no order.
     *
     * @param concurrency most handlers that run at the same time, at least 1
     * @return the order
     */
    static Ordering unordered(int concurrency) {
        return new Unordered(concurrency);
    }

    /** One at a time. Immutable. */
    record Serial() implements Ordering {}

    /**
     * One of each key at a time. Immutable.
     *
     * @param keys how payloads are given their key; the first that fits counts
     */
    record ByKey(List<KeyOf<?>> keys) implements Ordering {
        /** Creates an order. */
        public ByKey {
            keys = List.copyOf(Checks.notNull(keys, "keys"));
        }

        /**
         * Adds the key of payloads of a further type.
         *
         * @param <E> type of the payload
         * @param type class, superclass or interface of payloads
         * @param key returns their key
         * @return an order with it
         */
        public <E> ByKey and(Class<E> type, Function<? super E, ?> key) {
            List<KeyOf<?>> more = new ArrayList<>(keys);
            more.add(new KeyOf<>(type, key));
            return new ByKey(more);
        }
    }

    /**
     * The key of payloads of one type. Immutable.
     *
     * @param <E> type of the payload
     * @param type class, superclass or interface of payloads
     * @param function returns the key
     */
    record KeyOf<E>(Class<E> type, Function<? super E, ?> function) {
        /** Creates a key. */
        public KeyOf {
            Checks.notNull(type, "type");
            Checks.notNull(function, "key");
        }

        /**
         * Asks for the key.
         *
         * @param payload one of the type
         * @return its key, or null for none
         */
        public @Nullable Object of(Object payload) {
            Object key = function.apply(type.cast(payload));
            return key == null ? null : Checks.key(key);
        }
    }

    /**
     * Several at once. Immutable.
     *
     * @param concurrency most handlers that run at the same time
     */
    record Unordered(int concurrency) implements Ordering {
        /** Creates an order. */
        public Unordered {
            Checks.atLeast(concurrency, 1, "concurrency");
        }
    }
}
