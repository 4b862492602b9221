/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Operations on dead letters; a redrive enters the way of an event at route, like a publish. */
@NullMarked
package dev.eventbus.internal.redrive;

import org.jspecify.annotations.NullMarked;
