/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Hands signals to observers and keeps them from harming the bus. */
@NullMarked
package dev.eventbus.internal.observe;

import org.jspecify.annotations.NullMarked;
