/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** How often something may happen: the arithmetic of rate limits and retry budgets. */
@NullMarked
package dev.eventbus.internal.rate;

import org.jspecify.annotations.NullMarked;
