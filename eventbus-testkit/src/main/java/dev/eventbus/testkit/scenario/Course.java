/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

import dev.eventbus.publish.Receipt;
import dev.eventbus.testkit.RecordedEvent;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.assertion.EventBusAssertions;
import dev.eventbus.testkit.assertion.EventsAssert;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was done in a scenario, and whether what followed is as expected. Not thread-safe. */
final class Course {
    private final TestEventBus bus;
    private final Set<UUID> known = new HashSet<>(); // events that an absence does not speak of
    private @Nullable Exception thrown;

    Course(TestEventBus bus) {
        this.bus = bus;
    }

    /* ---------------- acting ---------------- */

    void act(List<Action> actions) {
        try {
            for (Action action : actions) {
                act(action);
            }
        } catch (Exception exception) {
            if (exception instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            thrown = exception;
        }
    }

    private void act(Action action) throws Exception {
        switch (action) {
            case Publication publication -> publish(publication);
            case Call call -> call.code().run();
        }
    }

    private void publish(Publication publication) {
        try {
            Receipt unused = bus.publish(publication.payload(), publication.options());
        } finally {
            // There is no receipt when a subscription propagates its failure; the event was accepted then, too.
            bus.recorded().all().stream().filter(event -> isSame(event.payload(), publication.payload()))
                    .map(event -> event.event().id()).filter(id -> !known.contains(id)).findFirst()
                    .ifPresent(known::add);
        }
    }

    @SuppressWarnings("ReferenceEquality") // equal ones may be published by handlers
    private static boolean isSame(Object one, Object other) {
        return one == other;
    }

    void runUntilIdle() {
        bus.runUntilIdle();
    }

    /* ---------------- checking ---------------- */

    /** Checks what the actions themselves came to, before all else, which would only follow from that. */
    void checkActions(List<Expectation> expectations) {
        List<Expectation> rejections = expectations.stream().filter(Rejection.class::isInstance).toList();
        if (thrown != null && rejections.isEmpty()) {
            throw new AssertionError("expected the actions to be taken\nbut one threw " + thrown
                    + "\nif it is meant to, expect rejected(" + thrown.getClass().getSimpleName() + ".class)", thrown);
        }
        rejections.forEach(this::check);
    }

    void check(Expectation expectation) {
        check(expectation, EventBusAssertions.assertThat(bus));
    }

    private void check(Expectation expectation, EventsAssert events) {
        switch (expectation) {
            case PublishedExpectation<?> published -> published.check(events);
            case Absence absence -> events.noOther(absence.type(), known);
            case ExpectedLetter letter -> events.deadLettered(letter.type());
            case Rejection rejection -> rejection.check(thrown);
        }
    }

    /* ---------------- in time ---------------- */

    void checkWithin(Duration duration, List<Expectation> expectations) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(
                    "duration must be > 0, was " + duration + "; what takes no time belongs to then(...)");
        }
        expectations.forEach(expectation -> checkNotBefore(duration, expectation));
        bus.recorded().all().stream().map(RecordedEvent::event).forEach(event -> known.add(event.id()));
        bus.advance(duration);
        expectations.forEach(
                expectation -> check(expectation, EventBusAssertions.assertThat(bus).as("within %s", duration)));
    }

    private void checkNotBefore(Duration duration, Expectation expectation) {
        if (expectation instanceof Rejection) {
            throw new IllegalArgumentException(expectation + " cannot come within " + duration
                    + ": the actions are over; expect it in then(...)");
        }
        if (!(expectation instanceof Absence) && holds(expectation)) {
            throw new AssertionError("expected within " + duration + " and not before: " + expectation
                    + "\nbut it held before; what had happened:\n" + bus.recorded().tree()
                    + "if it comes at once, expect it in then(...)");
        }
    }

    private boolean holds(Expectation expectation) {
        try {
            check(expectation);
            return true;
        } catch (AssertionError notYet) {
            return false;
        }
    }
}
