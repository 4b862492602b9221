/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.Sensitive;

/**
 * Who buys. Immutable.
 *
 * @param id identifies the customer for ever
 * @param name what they are called
 * @param email where mail reaches them
 * @param country where they are
 */
public record Customer(String id, @Sensitive String name, @Sensitive String email, String country) {}
