/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

import dev.eventbus.testkit.RecordedEvents;
import dev.eventbus.testkit.assertion.EventBusAssertions;
import dev.eventbus.testkit.assertion.EventsAssert;
import dev.eventbus.testkit.assertion.PublishedAssert;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * Asserts what a handler did with an event that a {@link HandlerTester} gave it. Each method asserts at once.
 *
 * <p>A handler that failed fails each assertion, with what it threw as the cause, until {@link #failsWith failsWith} has
 * expected it. Events count that it published itself, from 1; not the one that it received. Not thread-safe.
 *
 * @since 0.1
 */
public final class HandlerResult {
    private final String received;
    private final RecordedEvents published;
    private final @Nullable Throwable failure;
    private boolean failureExpected;

    HandlerResult(String received, RecordedEvents published, @Nullable Throwable failure) {
        this.received = received;
        this.published = published;
        this.failure = failure;
    }

    /**
     * Asserts that the handler returned, whatever it published.
     *
     * @return this
     */
    public HandlerResult succeeds() {
        if (failure != null) {
            throw new AssertionError(threw("to return") + "\nif it is meant to, assert failsWith("
                    + failure.getClass().getSimpleName() + ".class) first", failure);
        }
        return this;
    }

    /**
     * Asserts that the handler published an event of a type.
     *
     * @param <P> the type
     * @param type class, superclass or interface of payloads
     * @return assertions about these events
     */
    public <P> PublishedAssert<P> publishes(Class<P> type) {
        return events().published(type);
    }

    /**
     * Asserts that the handler published nothing.
     *
     * @return this
     */
    public HandlerResult publishesNothing() {
        EventsAssert unused = events().noOther(Object.class, List.of());
        return this;
    }

    /**
     * Asserts that the handler failed; what it published before stays published and can be asserted then.
     *
     * {@snippet class="dev.eventbus.testkit.scenario.HandlerTesterTest" region="failsWith"}
     *
     * @param <X> type of what it threw
     * @param type class or superclass of what it threw
     * @return AssertJ's assertions about what it threw
     */
    public <X extends Throwable> AbstractThrowableAssert<?, X> failsWith(Class<X> type) {
        if (failure == null) {
            throw new AssertionError(expected("to fail with " + type.getSimpleName()) + "but it returned");
        }
        if (!type.isInstance(failure)) {
            throw new AssertionError(threw("to fail with " + type.getSimpleName()), failure);
        }
        failureExpected = true;
        return Assertions.assertThat(type.cast(failure));
    }

    private EventsAssert events() {
        if (!failureExpected) {
            HandlerResult unused = succeeds();
        }
        return EventBusAssertions.assertThat(published);
    }

    private String threw(String what) {
        return expected(what) + "but it threw " + failure;
    }

    private String expected(String what) {
        return "expected the handler of " + received + " " + what + "\n";
    }
}
