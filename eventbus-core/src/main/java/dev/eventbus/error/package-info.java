/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** The root of all exceptions of the bus, and the one for arguments that cannot be used. Depends on nothing. */
@NullMarked
package dev.eventbus.error;

import org.jspecify.annotations.NullMarked;
