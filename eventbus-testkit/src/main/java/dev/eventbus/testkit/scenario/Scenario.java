/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

import dev.eventbus.publish.PublishRejectedException;
import dev.eventbus.publish.Receipt;
import dev.eventbus.testkit.CheckReturnValue;
import dev.eventbus.testkit.TestEventBus;
import java.util.ArrayList;
import java.util.List;

/**
 * A test as a sentence: given some facts, when something is done, then something is expected.
 *
 * {@snippet class="dev.eventbus.testkit.scenario.ScenarioTest" region="scenario"}
 *
 * <p>Each step is taken when its method is called, and says what is expected only at {@link ActedScenario#then then}: a
 * sentence that stops before does not compile clean under Error Prone. A bus may have one sentence after the other; each
 * is about what came since its own {@link #when when}. Actions come from {@link Action}, expectations from
 * {@link Expectation}, to be imported statically.
 *
 * <p>A handler that fails does not fail a scenario by itself; in an {@link dev.eventbus.testkit.junit.EventBusTest} it
 * fails the test unless an expectation spoke of it. For the thread of the test. Not thread-safe.
 *
 * @since 0.1
 */
public final class Scenario {
    private final TestEventBus bus;

    private Scenario(TestEventBus bus) {
        this.bus = bus;
    }

    /**
     * Begins a sentence.
     *
     * @param bus has the subscriptions; not threaded
     * @return takes what is given, or the actions
     * @throws IllegalStateException if the bus is threaded: nobody can say then that no time passes
     */
    @CheckReturnValue
    public static Scenario of(TestEventBus bus) {
        Object unused = bus.time();
        return new Scenario(bus);
    }

    /**
     * Publishes what has happened before: one fact after the other, then all that follows from them, retries included;
     * virtual time passes as far as these take. No expectation sees any of it.
     *
     * @param first a payload
     * @param more further payloads, in order
     * @return this
     * @throws PublishRejectedException if one is refused
     * @throws AssertionError if something has not ended within a day of virtual time, or a handler failed that is not
     *     {@linkplain dev.eventbus.testkit.RecordedEvents#expectFailuresOf expected to}
     */
    @CheckReturnValue
    public Scenario given(Object first, Object... more) {
        Receipt ignored = bus.publish(first);
        for (Object fact : more) {
            ignored = bus.publish(fact);
        }
        forgetThePast();
        return this;
    }

    /**
     * Acts: one action after the other in the thread of the test, until one throws an exception. Nothing else runs
     * meanwhile but synchronous handlers, and what an action waits for.
     *
     * <p>What the bus had to do before is done and forgotten first, as in {@link #given given}.
     *
     * @param first an action
     * @param more further actions, in order
     * @return takes what is expected, exceptions of the actions included; an {@code Error} is thrown on
     * @throws AssertionError as {@link #given given} does
     */
    @CheckReturnValue
    public ActedScenario when(Action first, Action... more) {
        forgetThePast();
        List<Action> actions = new ArrayList<>(List.of(more));
        actions.addFirst(first);
        Course course = new Course(bus);
        course.act(actions);
        return new ActedScenario(course);
    }

    /**
     * Acts by one call, as {@code when(call(...))} does.
     *
     * @param call calls the code under test
     * @return takes what is expected, exceptions of the call included; an {@code Error} is thrown on
     * @throws AssertionError as {@link #given given} does
     */
    @CheckReturnValue
    public ActedScenario when(TestedCall call) {
        return when(Action.call(call));
    }

    // What is forgotten could not be found by anybody later, so its failures are told now.
    private void forgetThePast() {
        bus.awaitIdle();
        List<String> failures = bus.recorded().unexpectedFailures();
        if (!failures.isEmpty()) {
            throw new AssertionError("expected no failure before the actions, but there "
                    + (failures.size() == 1 ? "was one" : "were " + failures.size()) + ":\n  "
                    + String.join("\n  ", failures)
                    + "\nif the subscription is meant to fail, say so before: bus.recorded().expectFailuresOf(name)");
        }
        bus.recorded().forget();
    }
}
