/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Letters of one subscription that failed in the same way.
 *
 * <p>Immutable.
 *
 * @param subscription name of the subscription
 * @param failureClass binary name of what the last attempt of each threw, or null where none was attempted
 * @param fingerprint of that failure, or null where none was attempted
 * @param count how many there are
 * @param oldest when the first of them was given up, by the wall clock
 * @param newest when the last of them was given up, by the wall clock
 * @param letter id of the one that is first in the store, as an example
 * @since 0.1
 */
public record LetterGroup(String subscription, @Nullable String failureClass, @Nullable String fingerprint, int count,
        Instant oldest, Instant newest, UUID letter) {}
