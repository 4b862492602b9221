/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import dev.eventbus.examples.revenue.analytics.Ranked;
import java.util.List;

/**
 * Who brought most. Immutable.
 *
 * @param countries the first countries
 * @param customers the first customers
 */
public record Rankings(List<Ranked> countries, List<Ranked> customers) {}
