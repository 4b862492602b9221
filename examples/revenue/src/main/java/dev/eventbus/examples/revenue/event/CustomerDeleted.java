/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;

/**
 * A customer is none any more.
 *
 * @param customerId the customer
 */
@EventType(name = "CustomerDeleted", version = 1)
public record CustomerDeleted(String customerId) implements CustomerEvent {}
