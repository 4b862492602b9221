/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Identity of events: ids, and the names of payload types. */
@NullMarked
package dev.eventbus.internal.event;

import org.jspecify.annotations.NullMarked;
