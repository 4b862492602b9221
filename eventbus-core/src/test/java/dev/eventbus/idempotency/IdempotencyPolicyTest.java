/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.fixture.Canary;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class IdempotencyPolicyTest {
    private static final Duration DAY = Duration.ofHours(24);
    private static final IdempotencyPolicy BY_ID = IdempotencyPolicy.byEventId(DAY);
    private static final IdempotencyPolicy BY_TEXT = IdempotencyPolicy.byKey(CharSequence.class, text -> text, DAY);

    private record Event(UUID id, Object payload) implements EventEnvelope<Object> {
        static Event of(Object payload) {
            return new Event(new UUID(0, 7), payload);
        }

        @Override
        public Metadata metadata() {
            throw new AssertionError("nobody needs the metadata, which are made on demand");
        }
    }

    private enum Kind {
        SALE {
            @Override
            public String toString() {
                throw new AssertionError("the user's text");
            }
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(() -> IdempotencyPolicy.byEventId(null), "retention must not be null; pass a value"),
                refusal(() -> IdempotencyPolicy.byEventId(Duration.ZERO), "retention must be > PT0S, was PT0S"),
                refusal(() -> IdempotencyPolicy.byEventId(Duration.ofSeconds(-1)),
                        "retention must be > PT0S, was PT-1S"),
                refusal(() -> IdempotencyPolicy.byKey(String.class, text -> text, Duration.ZERO),
                        "retention must be > PT0S, was PT0S"),
                refusal(() -> IdempotencyPolicy.byKey(null, text -> text, DAY), "type must not be null; pass a value"),
                refusal(() -> IdempotencyPolicy.byKey(String.class, null, DAY), "key must not be null; pass a value"),
                refusal(() -> BY_ID.and(null, text -> text), "type must not be null; pass a value"),
                refusal(() -> BY_ID.and(String.class, null), "key must not be null; pass a value"),
                refusal(() -> BY_ID.lease(null), "lease must not be null; pass a value"),
                refusal(() -> BY_ID.lease(Duration.ZERO), "lease must be > PT0S, was PT0S"));
    }

    private static Arguments refusal(ThrowingCallable call, String message) {
        return Arguments.of(call, message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refusals")
    void refuses_what_makes_no_sense(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ConfigurationException.class).hasMessage(message);
    }

    @Test
    void refuses_answers_of_a_store_that_make_no_sense() {
        assertThatThrownBy(() -> new ClaimResult.Claimed(1, -1)).isInstanceOf(ConfigurationException.class)
                .hasMessage("forgotten must be >= 0, was -1");
        assertThatThrownBy(() -> new ClaimResult.Running(Duration.ofNanos(-1)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("askAgain must be >= PT0S, was PT-0.000000001S");
        assertThat(new ClaimResult.Running(Duration.ZERO).askAgain()).isZero();
    }

    @Test
    void keeps_what_was_chosen() {
        assertThat(BY_ID.retention()).isEqualTo(DAY);
        assertThat(BY_TEXT.retention()).isEqualTo(DAY);
        assertThat(BY_ID.lease()).isEqualTo(Duration.ofMinutes(5));
        assertThat(BY_TEXT.lease(Duration.ofSeconds(3)).and(Long.class, n -> n))
                .returns(Duration.ofSeconds(3), IdempotencyPolicy::lease).returns(DAY, IdempotencyPolicy::retention);
    }

    @Test
    void does_not_change_when_another_is_derived_from_it() {
        IdempotencyPolicy derived = BY_ID.lease(DAY).and(String.class, text -> "x");

        assertThat(BY_ID.lease()).isEqualTo(Duration.ofMinutes(5));
        assertThat(BY_ID.keyOf(Event.of("a"))).isEqualTo("event:00000000-0000-0000-0000-000000000007");
        assertThat(derived.keyOf(Event.of("a"))).isEqualTo("key:x");
        assertThat(derived.lease()).isEqualTo(DAY);
    }

    @Test
    void knows_an_event_by_its_id_and_does_not_look_at_the_payload() {
        assertThat(BY_ID.keyOf(Event.of(new Canary()))).isEqualTo("event:00000000-0000-0000-0000-000000000007");
        assertThat(BY_TEXT.keyOf(Event.of(new Canary()))).isEqualTo("event:00000000-0000-0000-0000-000000000007");
    }

    @Test
    void knows_an_event_by_a_key_of_any_allowed_kind() {
        IdempotencyPolicy policy = IdempotencyPolicy.byKey(Object.class, Function.identity(), DAY);

        assertThat(policy.keyOf(Event.of("INV-1"))).isEqualTo("key:INV-1");
        assertThat(policy.keyOf(Event.of(7L))).isEqualTo("key:7");
        assertThat(policy.keyOf(Event.of(7))).isEqualTo("key:7");
        assertThat(policy.keyOf(Event.of(Kind.SALE))).isEqualTo("key:SALE");
    }

    @Test
    void a_payload_whose_key_is_the_id_of_another_event_is_not_that_event() {
        IdempotencyPolicy policy = IdempotencyPolicy.byKey(UUID.class, id -> id, DAY);

        assertThat(policy.keyOf(Event.of(new UUID(0, 7)))).isEqualTo("key:00000000-0000-0000-0000-000000000007")
                .isNotEqualTo(policy.keyOf(Event.of("of another type")));
    }

    @Test
    void asks_the_first_type_that_fits() {
        IdempotencyPolicy policy = BY_TEXT.and(String.class, text -> "second").and(Number.class, Number::intValue);

        assertThat(policy.keyOf(Event.of("first"))).isEqualTo("key:first");
        assertThat(policy.keyOf(Event.of(8L))).isEqualTo("key:8");
    }

    @Test
    void goes_by_the_id_where_the_payload_has_no_key() {
        IdempotencyPolicy policy = IdempotencyPolicy.byKey(String.class, text -> null, DAY).and(Object.class, o -> "x");

        assertThat(policy.keyOf(Event.of("a"))).isEqualTo("event:00000000-0000-0000-0000-000000000007");
    }

    @Test
    void refuses_a_key_that_is_none_and_one_that_does_not_fit() {
        assertThatThrownBy(() -> IdempotencyPolicy.byKey(String.class, text -> 'c', DAY).keyOf(Event.of("a")))
                .isInstanceOf(ConfigurationException.class).hasMessageStartingWith("key must be a String, Long");
        assertThatThrownBy(() -> BY_TEXT.keyOf(Event.of(" "))).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> BY_TEXT.keyOf(Event.of("a\nb"))).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> BY_TEXT.keyOf(Event.of("x".repeat(257))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("key must have at most 256 characters, had 257; shorten it");
    }

    @Test
    void the_longest_key_fits_the_store() {
        assertThat(BY_TEXT.keyOf(Event.of("x".repeat(256)))).hasSizeLessThanOrEqualTo(IdempotencyStore.MAX_KEY_LENGTH);
    }

    @Test
    void throws_what_the_key_function_throws() {
        RuntimeException broken = new IllegalStateException("broken");
        IdempotencyPolicy policy = IdempotencyPolicy.byKey(String.class, text -> {
            throw broken;
        }, DAY);

        assertThatThrownBy(() -> policy.keyOf(Event.of("a"))).isSameAs(broken);
    }

    @Test
    void describes_itself() {
        assertThat(BY_ID).hasToString("IdempotencyPolicy[byEventId, retention=PT24H, lease=PT5M]");
        assertThat(BY_TEXT).hasToString("IdempotencyPolicy[byKey of 1 types, retention=PT24H, lease=PT5M]");
    }
}
