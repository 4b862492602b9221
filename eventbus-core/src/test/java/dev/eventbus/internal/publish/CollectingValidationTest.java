/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.eventbus.fixture.Canary;
import dev.eventbus.publish.EventValidator;
import dev.eventbus.publish.InvalidEventException;
import dev.eventbus.publish.Violation;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CollectingValidationTest {
    private final Canary payload = new Canary();

    private void run(List<EventValidator<Object>> validators) {
        CollectingValidation.run("b", "order", payload, validators);
    }

    private InvalidEventException rejection(List<EventValidator<Object>> validators) {
        return catchThrowableOfType(InvalidEventException.class, () -> run(validators));
    }

    @Test
    void lets_a_payload_pass_whose_rules_hold() {
        assertThatCode(() -> run(List.of(v -> v.require("a", true, "must be"), v -> {}))).doesNotThrowAnyException();
    }

    @Test
    void shows_the_payload_to_each_validator() {
        assertThatCode(() -> run(List.of(v -> v.require("a", v.payload() == payload, "must be the payload"))))
                .doesNotThrowAnyException();
    }

    @Test
    void lists_every_violation_of_every_validator_in_order() {
        InvalidEventException rejection = rejection(List.of(v -> {
            v.require("a", false, "must be set");
            v.require("b", true, "must hold");
            v.require("c[1].d", false, "must be positive");
        }, v -> v.require("e", false, "must be last")));

        assertThat(rejection.violations()).containsExactly(new Violation("a", "must be set"),
                new Violation("c[1].d", "must be positive"), new Violation("e", "must be last"));
        assertThat(rejection)
                .hasMessage(
                        "Bus 'b' rejected an event (order): a must be set; c[1].d must be positive; e must be last");
    }

    @Test
    void escapes_and_bounds_path_and_message() {
        InvalidEventException rejection = rejection(List.of(v -> v.require("a\n\u2028", false, "x".repeat(10_000))));

        assertThat(rejection.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.path()).isEqualTo("a\\u000a\\u2028");
            assertThat(violation.message()).isEqualTo("x".repeat(500) + "...");
        });
    }

    @Test
    void bounds_the_number_of_violations() {
        InvalidEventException rejection = rejection(List.of(v -> {
            for (int i = 0; i < 5_000; i++) {
                v.require("a", false, "must be");
            }
        }));

        assertThat(rejection.violations()).hasSize(1_000);
    }

    @Test
    void a_validator_that_throws_rejects_the_payload() {
        Throwable broken = new IllegalStateException("broken");

        assertThatThrownBy(() -> run(List.of(v -> {
            throw (IllegalStateException) broken;
        }))).isInstanceOf(InvalidEventException.class).hasCause(broken)
                .hasMessage(
                        "Bus 'b' rejected an event (order): a validator threw java.lang.IllegalStateException; mend it: "
                                + "a validator notes violations and does not throw");
    }

    @Test
    void a_validator_that_throws_an_error_rejects_the_payload() {
        assertThat(rejection(List.of(v -> {
            throw new StackOverflowError();
        }))).hasCauseInstanceOf(StackOverflowError.class);
    }
}
