/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Circuit breakers: they spare a dependency that fails the calls that would fail, and themselves the waits. */
@NullMarked
package dev.eventbus.breaker;

import org.jspecify.annotations.NullMarked;
