/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Stage dead letter: keeps what was given up, once, and says so, once. */
@NullMarked
package dev.eventbus.internal.deadletter;

import org.jspecify.annotations.NullMarked;
