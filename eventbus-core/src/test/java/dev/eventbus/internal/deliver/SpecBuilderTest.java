/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SpecBuilderTest {
    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(spec -> {},
                        "Subscription 's' has no handler; say what it takes with on(...) or onEvent(...)"),
                refusal(spec -> spec.on(String.class, p -> {}).onEvent(String.class, d -> {}),
                        "Subscription 's' has a handler for java.lang.String already; handle the type once, or open a second "
                                + "subscription"),
                refusal(spec -> spec.on(int.class, p -> {}),
                        "type must be one that objects have, was int; subscribe to its wrapper class"),
                refusal(spec -> spec.on(null, p -> {}), "type must not be null; pass a value"),
                refusal(spec -> spec.on(String.class, null), "handler must not be null; pass a value"),
                refusal(spec -> spec.onEvent(String.class, null), "handler must not be null; pass a value"),
                refusal(spec -> spec.filter(String.class, null), "filter must not be null; pass a value"),
                refusal(spec -> spec.retry(null), "retry must not be null; pass a value"),
                refusal(spec -> spec.on(String.class, p -> {}).filter(Integer.class, e -> true),
                        "Subscription 's' filters java.lang.Integer, which none of its handlers takes; filter one of the "
                                + "handled types"),
                refusal(spec -> spec.on(String.class, p -> {}).retry(RetryPolicy.fixed(Duration.ofSeconds(11))),
                        "maxElapsed (PT10S) must be >= the least first delay (PT11S), or no retry ever begins; raise "
                                + "maxElapsed, or choose RetryPolicy.never()"));
    }

    private static Arguments refusal(Consumer<SubscriptionSpec> spec, String message) {
        return Arguments.of(spec, message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refusals")
    void refuses_choices_that_make_no_sense(Consumer<SubscriptionSpec> spec, String message) {
        assertThatThrownBy(() -> Given.subscriber("s", spec)).isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void refuses_a_missing_function() {
        assertThatThrownBy(() -> Given.subscriber("s", null)).isInstanceOf(ConfigurationException.class)
                .hasMessage("spec must not be null; pass a value");
    }

    @Test
    void refuses_choices_after_the_function_has_returned() {
        AtomicReference<SubscriptionSpec> leaked = new AtomicReference<>();
        Given.subscriber("s", spec -> leaked.set(spec.on(String.class, p -> {})));

        assertThatThrownBy(() -> leaked.get().propagate()).isInstanceOf(ConfigurationException.class).hasMessage(
                "Subscription 's' is open already, its choices are made; close it and subscribe again to change them");
    }

    @Test
    void accepts_a_filter_of_an_interface_that_a_handled_type_may_implement() {
        assertThat(Given.subscriber("s", spec -> spec.on(Object.class, p -> {}).filter(Serializable.class, e -> true))
                .name()).isEqualTo("s");
    }

    @Test
    void takes_the_retry_policy_of_the_bus_unless_it_has_its_own() {
        RetryPolicy own = RetryPolicy.fixed(Duration.ZERO).maxElapsed(Duration.ofSeconds(1));

        assertThat(
                Given.subscriber("s", spec -> spec.on(String.class, p -> {})).policies().retry().policy().maxAttempts())
                .isEqualTo(1);
        assertThat(Given.subscriber("s", spec -> spec.on(String.class, p -> {}).retry(own)).policies().retry().policy())
                .isSameAs(own);
    }

    @Test
    void propagates_only_when_it_says_so() {
        assertThat(Given.subscriber("s", spec -> spec.on(String.class, p -> {})).propagates()).isFalse();
        assertThat(Given.subscriber("s", spec -> spec.on(String.class, p -> {}).propagate()).propagates()).isTrue();
    }

    @Test
    void finds_no_target_for_a_type_that_it_does_not_take() {
        assertThat(Given.subscriber("s", spec -> spec.on(String.class, p -> {})).targetFor(Integer.class)).isNull();
    }
}
