/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Tax rates: a service that others run, so that it may be down.
 *
 * <p>The tax is kept beside the revenue and never in it: a country's rate times the amount of an entry.
 */
@NullMarked
package dev.eventbus.examples.revenue.tax;

import org.jspecify.annotations.NullMarked;
