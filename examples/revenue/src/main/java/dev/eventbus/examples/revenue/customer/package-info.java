/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Customers: commands in, events out.
 *
 * <pre>
 * CustomerActions -> CustomerService -> CustomerRepository
 *  opens the          decides and        keeps customers
 *  operation          publishes
 * </pre>
 *
 * <p>Nothing here knows who handles the events.
 */
@NullMarked
package dev.eventbus.examples.revenue.customer;

import org.jspecify.annotations.NullMarked;
