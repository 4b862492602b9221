/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Stage schedule: keeps checked payloads until their moments, then publishes them in order. */
@NullMarked
package dev.eventbus.internal.schedule;

import org.jspecify.annotations.NullMarked;
