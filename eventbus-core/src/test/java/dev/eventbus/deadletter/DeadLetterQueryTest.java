/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeadLetterQueryTest {
    private static final DeadLetterQuery ALL = DeadLetterQuery.all();
    private static final DeadLetter LETTER = Letters.letter(1, "billing", "order", DeadLetterReason.TIME_EXHAUSTED);

    static Stream<Arguments> conditions() {
        return Stream.of(
                Arguments.of("no condition", ALL, true),
                Arguments.of("its id", ALL.letter(new UUID(0, 1)), true),
                Arguments.of("another id", ALL.letter(new UUID(0, 2)), false),
                Arguments.of("its event", ALL.event(new UUID(1, 1)), true),
                Arguments.of("another event", ALL.event(new UUID(0, 1)), false),
                Arguments.of("its subscription", ALL.subscription("billing"), true),
                Arguments.of("another subscription", ALL.subscription("Billing"), false),
                Arguments.of("its type", ALL.type("order"), true),
                Arguments.of("another type", ALL.type("orders"), false),
                Arguments.of("its reason", ALL.reason(DeadLetterReason.TIME_EXHAUSTED), true),
                Arguments.of("another reason", ALL.reason(DeadLetterReason.INTERRUPTED), false),
                Arguments.of("a predicate that holds", ALL.matching(letter -> letter == LETTER), true),
                Arguments.of("a predicate that does not", ALL.matching(letter -> letter != LETTER), false),
                Arguments.of("two conditions that hold", ALL.type("order").subscription("billing"), true),
                Arguments.of("one of two conditions", ALL.type("order").subscription("shipping"), false),
                Arguments.of("two that exclude each other", ALL.type("order").type("invoice"), false),
                Arguments.of("a condition and a limit", ALL.type("order").limit(1), true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conditions")
    void means_a_letter_when_every_condition_holds(String what, DeadLetterQuery query, boolean meant) {
        assertThat(query.matches(LETTER)).isEqualTo(meant);
    }

    @Test
    void tells_a_store_each_part_that_was_said_and_no_other() {
        UUID id = new UUID(0, 1);
        DeadLetterQuery every = ALL.letter(id).event(new UUID(1, 1)).subscription("billing").type("order")
                .reason(DeadLetterReason.TIME_EXHAUSTED).sequence("billing", "INV-1").fingerprint("f");

        assertThat(every.letter()).contains(id);
        assertThat(every.event()).contains(new UUID(1, 1));
        assertThat(every.subscription()).contains("billing");
        assertThat(every.type()).contains("order");
        assertThat(every.reason()).contains(DeadLetterReason.TIME_EXHAUSTED);
        assertThat(every.sequence()).contains(new Sequence("billing", "INV-1"));
        assertThat(every.fingerprint()).contains("f");
        assertThat(Stream.of(ALL.letter(), ALL.event(), ALL.subscription(), ALL.type(), ALL.reason(), ALL.sequence(),
                ALL.fingerprint())).allMatch(Optional::isEmpty);
    }

    @Test
    void a_sequence_without_key_is_another_than_those_with_one() {
        DeadLetter keyed = Letters.sequenced(1, "INV-1");
        DeadLetter keyless = Letters.sequenced(2, null);

        assertThat(ALL.sequence("billing").matches(keyless)).isTrue();
        assertThat(ALL.sequence("billing").matches(keyed)).isFalse();
        assertThat(ALL.sequence("billing", "INV-1").matches(keyed)).isTrue();
        assertThat(ALL.sequence("billing", "INV-1").matches(keyless)).isFalse();
        assertThat(ALL.sequence("billing").matches(LETTER)).as("of no sequence").isFalse();
    }

    @Test
    void is_not_limited_unless_said() {
        assertThat(ALL.type("order").limit()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void keeps_its_limit_with_further_conditions() {
        assertThat(ALL.limit(3).type("order").limit()).isEqualTo(3);
    }

    @Test
    void does_not_change_when_another_is_derived_from_it() {
        ALL.type("other").limit(1);

        assertThat(ALL.matches(LETTER)).isTrue();
        assertThat(ALL.limit()).isEqualTo(Integer.MAX_VALUE);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(() -> ALL.limit(0), "limit must be >= 1, was 0"),
                refusal(() -> ALL.letter(null), "id must not be null; pass a value"),
                refusal(() -> ALL.event(null), "id must not be null; pass a value"),
                refusal(() -> ALL.subscription(" "),
                        "name must not be blank; give it a name of 1 to 256 printable characters"),
                refusal(() -> ALL.type(null), "name must not be null; pass a value"),
                refusal(() -> ALL.reason(null), "reason must not be null; pass a value"),
                refusal(() -> ALL.matching(null), "predicate must not be null; pass a value"));
    }

    private static Arguments refusal(ThrowingCallable call, String message) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refuses_what_makes_no_sense(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(ConfigurationException.class).hasMessage(message);
    }
}
