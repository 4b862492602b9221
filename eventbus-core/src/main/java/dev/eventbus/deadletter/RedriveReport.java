/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

/**
 * Tells what became of the letters of one redrive.
 *
 * <p>Immutable.
 *
 * @param handled handled at last, and no longer dead letters
 * @param failed given up again; they stay, with the attempts of this round added
 * @param skipped left as they were: their subscription is gone or closed meanwhile, another redrive has them, they were
 *     discarded meanwhile, a shutdown came first, or the call came from a redriven delivery
 * @since 0.1
 */
public record RedriveReport(int handled, int failed, int skipped) {}
