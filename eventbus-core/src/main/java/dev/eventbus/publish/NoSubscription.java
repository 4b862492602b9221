/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

/**
 * What the bus does with an event that no subscription matches; it is counted and signalled in any case, as unmatched
 * or as rejected.
 *
 * @since 0.1
 */
public enum NoSubscription {
    /** The event is accepted and nothing else happens; the default. */
    IGNORE,
    /** The event is accepted and one WARN line names its type and id. */
    LOG,
    /** The event is rejected with a {@link NoSubscriptionException}. */
    THROW
}
