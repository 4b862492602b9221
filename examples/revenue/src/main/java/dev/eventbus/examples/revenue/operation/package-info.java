/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Operations: what somebody outside asked for, and what became of it. */
@NullMarked
package dev.eventbus.examples.revenue.operation;

import org.jspecify.annotations.NullMarked;
