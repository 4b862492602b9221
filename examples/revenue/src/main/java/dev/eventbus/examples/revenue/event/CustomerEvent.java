/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

/** What happened to a customer. */
public sealed interface CustomerEvent permits CustomerCreated, CustomerUpdated, CustomerDeleted {
    /**
     * Returns which customer it happened to.
     *
     * @return the customer's id
     */
    String customerId();
}
