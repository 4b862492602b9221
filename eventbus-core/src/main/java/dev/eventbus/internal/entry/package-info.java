/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Stage entry: what a delivery passes before its handler is called: time to live, parked sequence, idempotency claim. */
@NullMarked
package dev.eventbus.internal.entry;

import org.jspecify.annotations.NullMarked;
