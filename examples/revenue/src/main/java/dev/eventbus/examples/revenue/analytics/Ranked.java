/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.analytics;

import java.math.BigDecimal;

/**
 * One place of a ranking.
 *
 * @param name who
 * @param amount what they brought, in GBP, exact
 */
public record Ranked(String name, BigDecimal amount) {}
