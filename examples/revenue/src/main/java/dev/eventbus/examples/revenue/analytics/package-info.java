/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Analytics: one more handler of revenue events, which nobody else knows of. */
@NullMarked
package dev.eventbus.examples.revenue.analytics;

import org.jspecify.annotations.NullMarked;
