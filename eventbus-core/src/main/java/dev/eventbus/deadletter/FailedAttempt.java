/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a delivery that failed.
 *
 * <p>Holds text about the failure and not the failure itself, so that it pins no class and no object of the handler.
 * Immutable.
 *
 * @param number counts from 1 over all rounds of the delivery
 * @param at wall-clock time at which it failed
 * @param failureClass binary name of what was thrown
 * @param message its message, bounded and with control characters escaped, or null
 * @param fingerprint equal for equal classes thrown at equal places: 16 hexadecimal digits
 * @param duration how long the handler ran, or null where it was not timed
 * @since 0.1
 */
public record FailedAttempt(int number, Instant at, String failureClass, @Nullable String message, String fingerprint,
        @Nullable Duration duration) {}
