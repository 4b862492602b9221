/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** The end of a bus: refuses, waits, cuts off at the deadline, and accounts for every event. */
@NullMarked
package dev.eventbus.internal.shutdown;

import org.jspecify.annotations.NullMarked;
