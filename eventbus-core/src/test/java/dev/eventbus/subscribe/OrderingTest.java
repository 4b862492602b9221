/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.subscribe.Ordering.ByKey;
import dev.eventbus.subscribe.Ordering.KeyOf;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrderingTest {
    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(() -> Ordering.unordered(0), "concurrency must be >= 1, was 0"),
                refusal(() -> Ordering.unordered(-1), "concurrency must be >= 1, was -1"),
                refusal(() -> new Ordering.Unordered(0), "concurrency must be >= 1, was 0"),
                refusal(() -> Ordering.byKey(null, Object::toString), "type must not be null; pass a value"),
                refusal(() -> Ordering.byKey(String.class, null), "key must not be null; pass a value"),
                refusal(() -> Ordering.byKey().and(null, Object::toString), "type must not be null; pass a value"),
                refusal(() -> Ordering.byKey().and(String.class, null), "key must not be null; pass a value"));
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
    void equal_choices_are_equal() {
        assertThat(Ordering.serial()).isEqualTo(Ordering.serial()).isNotEqualTo(Ordering.byKey());
        assertThat(Ordering.byKey()).isEqualTo(Ordering.byKey());
        assertThat(Ordering.unordered(2)).isEqualTo(Ordering.unordered(2)).isNotEqualTo(Ordering.unordered(3));
    }

    @Test
    void a_further_key_makes_another_order_and_keeps_the_first_named_first() {
        ByKey one = Ordering.byKey(String.class, String::length);

        ByKey two = one.and(Integer.class, number -> number);

        assertThat(one.keys()).hasSize(1);
        assertThat(two.keys()).extracting(key -> key.type().getSimpleName()).containsExactly("String", "Integer");
    }

    @Test
    void keeps_a_copy_of_its_keys() {
        List<KeyOf<?>> keys = new ArrayList<>(List.of(new KeyOf<>(String.class, text -> text)));
        ByKey order = new ByKey(keys);

        keys.clear();

        assertThat(order.keys()).hasSize(1);
        assertThatThrownBy(() -> order.keys().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    static Stream<Object> keys() {
        return Stream.of("k", 1L, 1, new UUID(0, 1), TimeUnit.DAYS);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void a_key_is_what_the_function_returns(Object key) {
        assertThat(new KeyOf<>(String.class, text -> key).of("payload")).isEqualTo(key);
    }

    @Test
    void a_function_may_return_no_key() {
        assertThat(new KeyOf<>(String.class, text -> null).of("payload")).isNull();
    }

    @Test
    void a_key_of_a_kind_that_nobody_can_rely_on_is_refused() {
        assertThatThrownBy(() -> new KeyOf<>(String.class, text -> List.of(text)).of("payload"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("key must be a String, Long, Integer, UUID or enum constant, was a java.util.");
        assertThatThrownBy(() -> new KeyOf<>(String.class, text -> " ").of("payload"))
                .isInstanceOf(ConfigurationException.class).hasMessageStartingWith("key must not be blank");
    }

    @Test
    void what_a_function_throws_comes_through() {
        IllegalStateException failure = new IllegalStateException("no");

        assertThatThrownBy(() -> new KeyOf<>(String.class, text -> {
            throw failure;
        }).of("payload")).isSameAs(failure);
    }
}
