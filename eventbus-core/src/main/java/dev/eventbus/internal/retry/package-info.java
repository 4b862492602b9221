/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Stage retry: decides whether and when a failed delivery is attempted again. Pure, but for the budgets. */
@NullMarked
package dev.eventbus.internal.retry;

import org.jspecify.annotations.NullMarked;
