/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Stage idempotency: of the events with one key one is handled at a time, and none after it was. */
@NullMarked
package dev.eventbus.internal.idempotency;

import org.jspecify.annotations.NullMarked;
