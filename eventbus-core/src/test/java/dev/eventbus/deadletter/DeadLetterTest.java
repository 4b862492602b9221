/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.fixture.ManualClocks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
class DeadLetterTest {
    private static final UUID ID = new UUID(0, 1);
    private static final Instant AT = ManualClocks.START;
    private static final DeadLetterReason REASON = DeadLetterReason.NOT_RETRYABLE;
    private static final FailedAttempt ATTEMPT = new FailedAttempt(1, AT, "java.lang.Error", "no", "0", null);

    @Test
    void its_text_names_id_and_type_and_never_the_payload() {
        DeadLetter letter = new DeadLetter(ID, Letters.event(7, "order"), "billing", REASON, List.of(ATTEMPT), null,
                AT);

        assertThat(letter.toString()).isEqualTo("DeadLetter[id=00000000-0000-0000-0000-000000000001, "
                + "event=00000000-0000-0001-0000-000000000007, type=order, subscription=billing, reason=NOT_RETRYABLE, "
                + "attempts=1, at=2026-01-02T03:04:05.678Z]");
    }

    @Test
    void keeps_a_copy_of_the_attempts() {
        List<FailedAttempt> attempts = new ArrayList<>(List.of(ATTEMPT));
        DeadLetter letter = new DeadLetter(ID, Letters.event(7, "order"), "billing", REASON, attempts, null, AT);

        attempts.clear();

        assertThat(letter.attempts()).containsExactly(ATTEMPT);
        assertThatThrownBy(() -> letter.attempts().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(() -> new DeadLetter(null, Letters.event(1, "t"), "s", REASON, List.of(), null, AT), "id"),
                refusal(() -> new DeadLetter(ID, null, "s", REASON, List.of(), null, AT), "event"),
                refusal(() -> new DeadLetter(ID, Letters.event(1, "t"), null, REASON, List.of(), null, AT),
                        "subscription"),
                refusal(() -> new DeadLetter(ID, Letters.event(1, "t"), "s", null, List.of(), null, AT), "reason"),
                refusal(() -> new DeadLetter(ID, Letters.event(1, "t"), "s", REASON, null, null, AT), "attempts"),
                refusal(() -> new DeadLetter(ID, Letters.event(1, "t"), "s", REASON, List.of(), null, null), "at"));
    }

    private static Arguments refusal(ThrowingCallable call, String parameter) {
        return Arguments.of(parameter, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refuses_what_is_missing(String parameter, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(ConfigurationException.class)
                .hasMessage(parameter + " must not be null; pass a value");
    }
}
