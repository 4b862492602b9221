/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.assertion;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.testkit.RecordedEvent;
import dev.eventbus.testkit.RecordedEvents;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/**
 * Asserts what a bus did. Each method asserts at once, and fails with what was there instead.
 *
 * <p>Payloads are never printed: messages name events by number, in the order of acceptance, and type. Not thread-safe.
 *
 * @since 0.1
 */
public final class EventsAssert extends AbstractAssert<EventsAssert, RecordedEvents> {
    EventsAssert(RecordedEvents recorded) {
        super(recorded, EventsAssert.class);
    }

    /**
     * Asserts that an event of a type was accepted.
     *
     * @param <E> the type
     * @param type class, superclass or interface of payloads
     * @return assertions about these events
     */
    public <E> PublishedAssert<E> published(Class<E> type) {
        return new PublishedAssert<>(this, type).isThere();
    }

    /**
     * Asserts that no event of a type was accepted.
     *
     * @param type class, superclass or interface of payloads
     * @return this
     */
    public EventsAssert never(Class<?> type) {
        return noOther(type, List.of());
    }

    /**
     * Asserts that no event of a type was accepted but, perhaps, some that the test knows of.
     *
     * @param type class, superclass or interface of payloads; {@code Object.class} for any event
     * @param known ids of events that do not count
     * @return this
     */
    public EventsAssert noOther(Class<?> type, Collection<UUID> known) {
        List<? extends RecordedEvent<?>> there = actual.of(type);
        List<? extends RecordedEvent<?>> others = there.stream().filter(event -> !known.contains(event.event().id()))
                .toList();
        if (!others.isEmpty()) {
            throw failure("expected no %s to be published%nbut there %s:%n%s",
                    (others.size() < there.size() ? "other " : "")
                            + (type == Object.class ? "event" : type.getSimpleName()),
                    others.size() == 1 ? "is 1" : "are " + others.size(), Lines.events(others));
        }
        return this;
    }

    /**
     * Asserts that events of these types were accepted one after the other, with any others in between.
     *
     * @param types classes, superclasses or interfaces of payloads, in order
     * @return this
     */
    public EventsAssert inOrder(Class<?>... types) {
        int matched = 0;
        for (RecordedEvent<?> event : actual.all()) {
            if (matched < types.length && types[matched].isInstance(event.payload())) {
                matched++;
            }
        }
        if (matched < types.length) {
            throw failure("expected in this order: %s%nbut no %s came after %s; published:%n%s", names(types),
                    types[matched].getSimpleName(), matched == 0 ? "the start" : names(Arrays.copyOf(types, matched)),
                    Lines.events(actual.all()));
        }
        return this;
    }

    private static String names(Class<?>[] types) {
        return Arrays.stream(types).map(Class::getSimpleName).collect(Collectors.joining(", "));
    }

    /**
     * Asserts that a delivery of an event of a type became a dead letter; it is expected from then on.
     *
     * @param type class, superclass or interface of payloads
     * @return this
     */
    public EventsAssert deadLettered(Class<?> type) {
        List<DeadLetter> letters = lettersOf(type);
        if (letters.isEmpty()) {
            throw failure("expected a dead letter of %s%nbut there is none; dead letters:%n%s", type.getSimpleName(),
                    Lines.letters(actual.deadLetters()));
        }
        letters.forEach(letter -> actual.expectFailuresOf(letter.subscription()));
        return this;
    }

    private List<DeadLetter> lettersOf(Class<?> type) {
        return actual.deadLetters().stream().filter(letter -> type.isInstance(letter.event().payload())).toList();
    }

    /**
     * Asserts that nothing became a dead letter.
     *
     * @return this
     */
    public EventsAssert hasNoDeadLetters() {
        if (!actual.deadLetters().isEmpty()) {
            throw failure("expected no dead letter%nbut found:%n%s", Lines.letters(actual.deadLetters()));
        }
        return this;
    }

    /**
     * Asserts how often a subscription has attempted again; its failures are expected from then on.
     *
     * @param subscription its name
     * @param times attempts that were not the first of their event
     * @return this
     */
    public EventsAssert retried(String subscription, int times) {
        List<RecordedEvent<?>> attempted = actual.all().stream()
                .filter(event -> event.attempts().containsKey(subscription)).toList();
        int retries = attempted.stream().mapToInt(event -> event.attempts().getOrDefault(subscription, 1) - 1).sum();
        if (retries != times) {
            throw failure("expected %s by '%s'%nbut there %s; it came to:%n%s",
                    times == 1 ? "1 retry" : times + " retries", subscription,
                    retries == 1 ? "was 1" : "were " + retries, Lines.events(attempted));
        }
        actual.expectFailuresOf(subscription);
        return this;
    }

    RecordedEvents recorded() {
        return actual;
    }
}
