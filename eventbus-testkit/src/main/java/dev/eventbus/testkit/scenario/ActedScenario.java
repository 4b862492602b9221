/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Scenario} after its actions: it has to say what follows. Not thread-safe.
 *
 * @since 0.1
 */
public final class ActedScenario {
    private final Course course;

    ActedScenario(Course course) {
        this.course = course;
    }

    /**
     * Lets the bus run until it is idle, no time passing, and checks what is expected since the actions.
     *
     * @param first an expectation
     * @param more further ones, in any order; all have to hold
     * @return the sentence, which may end here or go on in time
     * @throws AssertionError if one does not hold, or an action threw and nothing is expected to be
     *     {@linkplain Expectation#rejected rejected}; with what it threw as the cause
     */
    public CheckedScenario then(Expectation first, Expectation... more) {
        List<Expectation> expectations = all(first, more);
        course.runUntilIdle();
        course.checkActions(expectations);
        expectations.forEach(course::check);
        return new CheckedScenario(course);
    }

    static List<Expectation> all(Expectation first, Expectation... more) {
        List<Expectation> all = new ArrayList<>(List.of(more));
        all.addFirst(first);
        return all;
    }
}
