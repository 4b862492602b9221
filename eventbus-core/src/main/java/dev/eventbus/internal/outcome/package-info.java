/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Stage outcome: brings deliveries to their one final outcome, with one count and one signal each. */
@NullMarked
package dev.eventbus.internal.outcome;

import org.jspecify.annotations.NullMarked;
