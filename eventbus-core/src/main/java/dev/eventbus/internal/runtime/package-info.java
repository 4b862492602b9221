/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** The injected seams in one hand, and the one way in which the engine waits. */
@NullMarked
package dev.eventbus.internal.runtime;

import org.jspecify.annotations.NullMarked;
