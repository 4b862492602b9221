/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FailureRulesTest {
    private static final FailureRules NONE = FailureRules.none();

    @Test
    void without_rules_nothing_is_named() {
        assertThat(NONE.actionFor(new IOException())).isEmpty();
        assertThat(NONE).hasToString("FailureRules[]");
    }

    @Test
    void a_class_names_its_subclasses_and_nothing_else() {
        FailureRules rules = NONE.on(IOException.class, FailureAction.STOP);

        assertThat(rules.actionFor(new FileNotFoundException())).contains(FailureAction.STOP);
        assertThat(rules.actionFor(new IllegalStateException())).isEmpty();
    }

    @Test
    void a_predicate_names_what_it_holds_for() {
        FailureRules rules = NONE.on(failure -> "503".equals(failure.getMessage()), FailureAction.RETRY);

        assertThat(rules.actionFor(new IOException("503"))).contains(FailureAction.RETRY);
        assertThat(rules.actionFor(new IOException("404"))).isEmpty();
    }

    @Test
    void the_first_that_names_the_failure_decides() {
        FailureRules narrowFirst = NONE.on(FileNotFoundException.class, FailureAction.STOP)
                .on(IOException.class, FailureAction.PROPAGATE);
        FailureRules wideFirst = NONE.on(IOException.class, FailureAction.PROPAGATE)
                .on(FileNotFoundException.class, FailureAction.STOP);

        assertThat(narrowFirst.actionFor(new FileNotFoundException())).contains(FailureAction.STOP);
        assertThat(narrowFirst.actionFor(new IOException())).contains(FailureAction.PROPAGATE);
        assertThat(wideFirst.actionFor(new FileNotFoundException())).contains(FailureAction.PROPAGATE);
    }

    @Test
    void a_predicate_that_throws_names_nothing_and_the_next_is_asked() {
        Predicate<Throwable> throwing = failure -> {
            throw new IllegalStateException("broken predicate");
        };
        Predicate<Throwable> overflowing = failure -> {
            throw new StackOverflowError("broken predicate");
        };
        FailureRules rules = NONE.on(throwing, FailureAction.STOP).on(overflowing, FailureAction.STOP)
                .on(IOException.class, FailureAction.DEAD_LETTER);

        assertThat(rules.actionFor(new IOException())).contains(FailureAction.DEAD_LETTER);
        assertThat(rules.actionFor(new IllegalStateException())).isEmpty();
    }

    @Test
    void does_not_change_when_others_are_derived_from_it() {
        FailureRules one = NONE.on(IOException.class, FailureAction.STOP);

        FailureRules two = one.on(IllegalStateException.class, FailureAction.RETRY);

        assertThat(one.actionFor(new IllegalStateException())).isEmpty();
        assertThat(NONE.actionFor(new IOException())).isEmpty();
        assertThat(two).hasToString("FailureRules[STOP, RETRY]");
    }

    @Test
    void tells_whether_some_rule_says_so() {
        FailureRules rules = NONE.on(IOException.class, FailureAction.STOP).on(Exception.class, FailureAction.RETRY);

        assertThat(rules.has(FailureAction.RETRY)).isTrue();
        assertThat(rules.has(FailureAction.STOP)).isTrue();
        assertThat(rules.has(FailureAction.PROPAGATE)).isFalse();
        assertThat(NONE.has(FailureAction.RETRY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(classes = {Error.class, StackOverflowError.class, AssertionError.class, InterruptedException.class})
    void refuses_to_retry_what_is_never_retried(Class<? extends Throwable> type) {
        assertThatThrownBy(() -> NONE.on(type, FailureAction.RETRY)).isInstanceOf(ConfigurationException.class)
                .hasMessage("RETRY contradicts " + type.getName() + ": errors and interrupts are never retried; "
                        + "choose DEAD_LETTER, PROPAGATE or STOP");
    }

    @ParameterizedTest
    @ValueSource(classes = {Throwable.class, Exception.class, IOException.class})
    void accepts_to_retry_classes_that_others_than_errors_belong_to(Class<? extends Throwable> type) {
        assertThatCode(() -> NONE.on(type, FailureAction.RETRY)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(value = FailureAction.class, names = "RETRY", mode = EnumSource.Mode.EXCLUDE)
    void accepts_every_other_action_for_errors_and_interrupts(FailureAction action) {
        FailureRules rules = NONE.on(Error.class, action).on(InterruptedException.class, action);

        assertThat(rules.actionFor(new StackOverflowError())).contains(action);
        assertThat(rules.actionFor(new InterruptedException())).contains(action);
    }

    @Test
    void refuses_null() {
        assertThatThrownBy(() -> NONE.on((Class<? extends Throwable>) null, FailureAction.STOP))
                .isInstanceOf(ConfigurationException.class).hasMessage("type must not be null; pass a value");
        assertThatThrownBy(() -> NONE.on((Predicate<Throwable>) null, FailureAction.STOP))
                .isInstanceOf(ConfigurationException.class).hasMessage("failure must not be null; pass a value");
        assertThatThrownBy(() -> NONE.on(Error.class, null))
                .isInstanceOf(ConfigurationException.class).hasMessage("action must not be null; pass a value");
    }
}
