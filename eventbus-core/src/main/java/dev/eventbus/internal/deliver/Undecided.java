/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.deadletter.DeadLetterReason;
import org.jspecify.annotations.Nullable;

/**
 * A filter or a key function threw, so one delivery begins with giving up. Immutable; a list by its links.
 *
 * @param index which target
 * @param reason which of the two threw
 * @param failure what it threw
 * @param next another of the same event, or null
 */
public record Undecided(int index, DeadLetterReason reason, Throwable failure, @Nullable Undecided next) {}
