/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

/**
 * Decides whether a payload may be published.
 *
 * <p>Runs in the publisher's thread before anything else, for each payload that is an instance of the type it was
 * registered for. Several may run concurrently in several threads. A validator that throws rejects the event.
 *
 * @param <E> type of the payload
 * @since 0.1
 */
@FunctionalInterface
public interface EventValidator<E> {
    /**
     * Notes every violation, not just the first.
     *
     * @param validation holds the payload and takes the violations
     */
    void validate(Validation<E> validation);
}
