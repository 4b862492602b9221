/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import org.jspecify.annotations.Nullable;

/**
 * A filter threw, so one delivery begins with giving up. Immutable; a list by its links.
 *
 * @param index which target
 * @param failure what the filter threw
 * @param next another of the same event, or null
 */
record FilterFailure(int index, Throwable failure, @Nullable FilterFailure next) {}
