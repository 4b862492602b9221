/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.subscribe.EventFilter;

/**
 * One {@code filter} of a subscription. Immutable.
 *
 * @param <E> type of the payload
 * @param type what is filtered
 * @param filter decides
 */
record FilterBinding<E>(Class<E> type, EventFilter<E> filter) {
    /** Asks the filter; the caller has made sure that the payload is of the type. */
    @SuppressWarnings("unchecked") // a route holds the filters of types that its payloads are assignable to, and no others
    boolean wants(Publication<?> event) {
        return filter.wants((Publication<E>) event);
    }
}
