/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.retry;

/**
 * How far a round has come when an attempt has failed. Immutable.
 *
 * @param attempt attempts of this round that have failed and count, at least 1
 * @param elapsedNanos time since the first of them failed, without what does not count; below zero counts as zero
 * @param previousDelayNanos delay before the attempt that failed just now, 0 for the first
 * @param nowNanos reading of the monotonic clock
 */
public record RoundSoFar(int attempt, long elapsedNanos, long previousDelayNanos, long nowNanos) {}
