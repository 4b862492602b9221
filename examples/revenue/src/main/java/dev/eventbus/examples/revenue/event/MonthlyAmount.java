/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import java.math.BigDecimal;
import java.time.YearMonth;

/**
 * By how much the revenue of a month changed. Immutable.
 *
 * @param month the month in which it counts
 * @param amount GBP, exact
 */
public record MonthlyAmount(YearMonth month, BigDecimal amount) {}
