/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

import java.time.Duration;

/**
 * A {@link Scenario} that has said what follows at once: it may end here, or go on in time. Not thread-safe.
 *
 * @since 0.1
 */
public final class CheckedScenario {
    private final Course course;

    CheckedScenario(Course course) {
        this.course = course;
    }

    /**
     * Lets all of a time pass, the bus running meanwhile, and checks what came within it.
     *
     * {@snippet class="dev.eventbus.testkit.scenario.ScenarioWithinTest" region="within"}
     *
     * <p>{@link Expectation#published published} and {@link Expectation#deadLettered deadLettered} must not hold before
     * and must hold at the end; they, and {@link PublishedExpectation#times times}, see all since the actions, so an event
     * of before may be handled within. {@link Expectation#nothing nothing} and {@link Expectation#never never} are about
     * what came within alone. All of the time passes even if an expectation holds sooner, so that the next time begins
     * where this one ends, and what must not come before a moment is said by two of them.
     *
     * @param duration how much time, more than zero
     * @param first an expectation
     * @param more further ones, in any order; all have to hold
     * @return this, at the end of the time
     * @throws IllegalArgumentException if the duration is not more than zero, or an expectation is one of
     *     {@linkplain Expectation#rejected rejected} actions, which are over
     * @throws AssertionError if one holds before or does not hold at the end
     */
    public CheckedScenario andWithin(Duration duration, Expectation first, Expectation... more) {
        course.checkWithin(duration, ActedScenario.all(first, more));
        return this;
    }
}
