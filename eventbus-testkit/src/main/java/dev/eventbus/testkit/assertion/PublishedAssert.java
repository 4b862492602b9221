/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.assertion;

import dev.eventbus.testkit.CheckReturnValue;
import dev.eventbus.testkit.RecordedEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/**
 * Asserts that there are events of a type with all of the properties named so far.
 *
 * <p>Each method asserts at once. What fails says which events came nearest, and what they lack. Not thread-safe.
 *
 * @param <E> type of the payloads
 * @since 0.1
 */
public final class PublishedAssert<E> extends AbstractAssert<PublishedAssert<E>, List<RecordedEvent<E>>> {
    private final EventsAssert events;
    private final String type;
    private final List<Property<E>> properties = new ArrayList<>();
    private int conditions;

    PublishedAssert(EventsAssert events, Class<E> type) {
        super(events.recorded().of(type), PublishedAssert.class);
        this.events = events;
        this.type = type.getSimpleName();
        info.description(events.info.description()); // as() of the whole holds for its parts
    }

    PublishedAssert<E> isThere() {
        if (actual.isEmpty()) {
            throw failure("expected %s to be published%nbut none was; published:%n%s", Lines.article(type),
                    Lines.events(events.recorded().all()));
        }
        return this;
    }

    /**
     * Asserts that the payload of one fulfils a condition.
     *
     * @param condition asked for each payload that has the properties so far
     * @return this, about those that fulfil it
     */
    public PublishedAssert<E> with(Predicate<? super E> condition) {
        conditions++;
        return with(conditions == 1 ? "with the condition" : "with condition " + conditions, condition);
    }

    /**
     * The same with a description for failures.
     *
     * @param description completes "an InvoicePaid ..."
     * @param condition asked for each payload that has the properties so far
     * @return this, about those that fulfil it
     */
    public PublishedAssert<E> with(String description, Predicate<? super E> condition) {
        return has(new Property<>(description, event -> condition.test(event.payload())));
    }

    /**
     * Asserts that one was published in a handler of an event of a type.
     *
     * @param cause class, superclass or interface of payloads
     * @return this, about those that were
     */
    public PublishedAssert<E> causedBy(Class<?> cause) {
        List<? extends RecordedEvent<?>> causes = events.recorded().of(cause);
        return has(new Property<>("caused by " + cause.getSimpleName(), event -> event.cause().isPresent()
                && causes.stream().anyMatch(other -> other.number() == event.cause().get())));
    }

    /**
     * Asserts that one was handled by all of some subscriptions.
     *
     * @param subscriptions their names
     * @return this, about those that were
     */
    public PublishedAssert<E> handledBy(String... subscriptions) {
        String names = Arrays.stream(subscriptions).map(name -> "'" + name + "'").collect(Collectors.joining(" and "));
        return has(new Property<>("handled by " + names,
                event -> event.handledBy().containsAll(Arrays.asList(subscriptions))));
    }

    private PublishedAssert<E> has(Property<E> property) {
        properties.add(property);
        if (matching().isEmpty()) {
            throw failure("expected %s%nbut none was so; the nearest:%n%s", expected(), nearest());
        }
        return this;
    }

    /**
     * Asserts how many there are with all properties named so far.
     *
     * @param times how many exactly
     * @return this
     */
    public PublishedAssert<E> times(int times) {
        List<RecordedEvent<E>> matching = matching();
        if (matching.size() != times) {
            throw failure("expected %s exactly %s%nbut there %s:%n%s", expected(),
                    times == 1 ? "once" : times + " times",
                    matching.size() == 1 ? "is 1" : "are " + matching.size(), Lines.events(matching));
        }
        return this;
    }

    /**
     * Goes on with assertions about the whole.
     *
     * @return where this began
     */
    @CheckReturnValue
    public EventsAssert and() {
        return events;
    }

    private List<RecordedEvent<E>> matching() {
        return actual.stream().filter(event -> lacking(event).isEmpty()).toList();
    }

    private List<Property<E>> lacking(RecordedEvent<E> event) {
        return properties.stream().filter(property -> !property.holds().test(event)).toList();
    }

    private String expected() {
        return Lines.article(type) + properties.stream().map(property -> " " + property.description())
                .collect(Collectors.joining(","));
    }

    // Those that lack least come first; of equals, the earlier.
    private String nearest() {
        return actual.stream().sorted((one, other) -> Integer.compare(lacking(one).size(), lacking(other).size()))
                .limit(Lines.MOST).map(event -> Lines.event(event) + "  <- not " + lacking(event).stream()
                        .map(Property::description).collect(Collectors.joining(", not ")))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** What an event has to be, and how that reads. */
    private record Property<E>(String description, Predicate<RecordedEvent<E>> holds) {}
}
