/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Checks of arguments and of text from outside. */
@NullMarked
package dev.eventbus.internal.check;

import org.jspecify.annotations.NullMarked;
