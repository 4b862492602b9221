/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

import dev.eventbus.testkit.CheckReturnValue;
import java.util.List;

/**
 * What a scenario expects of what follows from its actions.
 *
 * <p>Checked by {@link dev.eventbus.testkit.assertion.EventsAssert}, whose failures it has. Immutable.
 *
 * @since 0.1
 */
public sealed interface Expectation permits PublishedExpectation, Absence, ExpectedLetter, Rejection {
    /**
     * Expects that an event of a type was accepted, be it one that an action published itself.
     *
     * @param <E> the type
     * @param type class, superclass or interface of payloads
     * @return the expectation, to be refined
     */
    @CheckReturnValue
    static <E> PublishedExpectation<E> published(Class<E> type) {
        return new PublishedExpectation<>(type, List.of());
    }

    /**
     * Expects that nothing was published but what {@link Action#publish} published itself; within a time: nothing more
     * than before it.
     *
     * @return the expectation
     */
    @CheckReturnValue
    static Expectation nothing() {
        return never(Object.class);
    }

    /**
     * Expects that no event of a type was published but what {@link Action#publish} published itself; within a time:
     * none more than before it.
     *
     * @param type class, superclass or interface of payloads
     * @return the expectation
     */
    @CheckReturnValue
    static Expectation never(Class<?> type) {
        return new Absence(type);
    }

    /**
     * Expects that a delivery of an event of a type became a dead letter.
     *
     * @param type class, superclass or interface of payloads
     * @return the expectation
     */
    @CheckReturnValue
    static Expectation deadLettered(Class<?> type) {
        return new ExpectedLetter(type);
    }

    /**
     * Expects that an action threw an exception; those after it were not taken then.
     *
     * @param type class or superclass of the exception, for instance a subtype of
     *     {@link dev.eventbus.publish.PublishRejectedException}
     * @return the expectation, for {@link ActedScenario#then} alone
     */
    @CheckReturnValue
    static Expectation rejected(Class<? extends Exception> type) {
        return new Rejection(type);
    }
}
