/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

import dev.eventbus.testkit.CheckReturnValue;
import dev.eventbus.testkit.assertion.EventsAssert;
import dev.eventbus.testkit.assertion.PublishedAssert;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Expects that there are events of a type with all of the properties named.
 *
 * <p>Checked by {@link PublishedAssert}, whose failures it has. Immutable.
 *
 * @param <E> type of the payloads
 * @since 0.1
 */
public final class PublishedExpectation<E> implements Expectation {
    private final Class<E> type;
    private final List<Refinement<E>> refinements;

    PublishedExpectation(Class<E> type, List<Refinement<E>> refinements) {
        this.type = type;
        this.refinements = List.copyOf(refinements);
    }

    /**
     * Expects that the payload of one fulfils a condition.
     *
     * @param condition asked for payloads, perhaps several times
     * @return the refined expectation
     */
    @CheckReturnValue
    public PublishedExpectation<E> with(Predicate<? super E> condition) {
        return refined("with(condition)", events -> events.with(condition));
    }

    /**
     * The same with a description for failures.
     *
     * @param description completes "an InvoicePaid ..."
     * @param condition asked for payloads, perhaps several times
     * @return the refined expectation
     */
    @CheckReturnValue
    public PublishedExpectation<E> with(String description, Predicate<? super E> condition) {
        return refined("with(" + description + ")", events -> events.with(description, condition));
    }

    /**
     * Expects that one was published in a handler of an event of a type.
     *
     * @param cause class, superclass or interface of payloads
     * @return the refined expectation
     */
    @CheckReturnValue
    public PublishedExpectation<E> causedBy(Class<?> cause) {
        return refined("causedBy(" + cause.getSimpleName() + ")", events -> events.causedBy(cause));
    }

    /**
     * Expects that one was handled by all of some subscriptions.
     *
     * @param subscriptions their names
     * @return the refined expectation
     */
    @CheckReturnValue
    public PublishedExpectation<E> handledBy(String... subscriptions) {
        String[] names = subscriptions.clone();
        return refined("handledBy(" + String.join(", ", names) + ")", events -> events.handledBy(names));
    }

    /**
     * Expects how many there are with the properties named so far, counted since the actions.
     *
     * @param times how many exactly, at least 1
     * @return the refined expectation
     * @throws IllegalArgumentException if it is less
     */
    @CheckReturnValue
    public PublishedExpectation<E> times(int times) {
        if (times < 1) {
            throw new IllegalArgumentException(
                    "times must be >= 1, was " + times + "; expect never(" + type.getSimpleName() + ".class)");
        }
        return refined("times(" + times + ")", events -> events.times(times));
    }

    private PublishedExpectation<E> refined(String text, Consumer<PublishedAssert<E>> check) {
        List<Refinement<E>> all = new ArrayList<>(refinements);
        all.add(new Refinement<>(text, check));
        return new PublishedExpectation<>(type, all);
    }

    void check(EventsAssert events) {
        PublishedAssert<E> published = events.published(type);
        refinements.forEach(refinement -> refinement.check().accept(published));
    }

    /** Reads as it was written. */
    @Override
    public String toString() {
        return "published(" + type.getSimpleName() + ")"
                + refinements.stream().map(refinement -> "." + refinement.text()).collect(Collectors.joining());
    }

    /** One call of an assertion, and how it reads. */
    record Refinement<E>(String text, Consumer<PublishedAssert<E>> check) {}
}
