/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

/**
 * What a circuit breaker does with calls.
 *
 * <p>{@code CLOSED -> OPEN -> HALF_OPEN -> CLOSED | OPEN}; by hand from each of them to {@code FORCED_OPEN} and
 * {@code FORCED_CLOSED}, between these two, and from everywhere back to {@code CLOSED}. No transition happens by itself:
 * each is made by somebody who asks for a permit, gives one back or sets the state by hand.
 *
 * <table>
 * <caption>Transitions; an empty cell means that the state stays</caption>
 * <thead>
 * <tr><th>in</th><th>a rate is reached</th><th>asked when the open time is over</th><th>all results in and good</th>
 * <th>all results in and bad, or asked when the longest wait is over and a permit is out</th>
 * <th>forceOpen</th><th>forceClosed</th><th>reset</th></tr>
 * </thead>
 * <tbody>
 * <tr><th>CLOSED</th><td>OPEN</td><td></td><td></td><td></td><td>FORCED_OPEN</td><td>FORCED_CLOSED</td><td>CLOSED,
 * empty window</td></tr>
 * <tr><th>OPEN</th><td></td><td>HALF_OPEN</td><td></td><td></td><td>FORCED_OPEN</td><td>FORCED_CLOSED</td>
 * <td>CLOSED</td></tr>
 * <tr><th>HALF_OPEN</th><td></td><td></td><td>CLOSED</td><td>OPEN</td><td>FORCED_OPEN</td><td>FORCED_CLOSED</td>
 * <td>CLOSED</td></tr>
 * <tr><th>FORCED_OPEN</th><td></td><td></td><td></td><td></td><td></td><td>FORCED_CLOSED</td><td>CLOSED</td></tr>
 * <tr><th>FORCED_CLOSED</th><td></td><td></td><td></td><td></td><td>FORCED_OPEN</td><td></td><td>CLOSED</td></tr>
 * </tbody>
 * </table>
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public enum CircuitState {
    /** Every call passes and its result is counted; where it begins, and where {@code HALF_OPEN} and {@code reset} lead. */
    CLOSED,
    /** No call passes until the open time is over; entered when a rate is reached, or half-open has failed. */
    OPEN,
    /** So many calls pass as there are permits, and their results decide; entered by the first call after the open time. */
    HALF_OPEN,
    /** No call passes until somebody sets another state by hand; entered by hand alone. */
    FORCED_OPEN,
    /** Every call passes and no result is counted, until somebody sets another state by hand; entered by hand alone. */
    FORCED_CLOSED
}
