/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FingerprintTest {
    private static final String SIXTEEN_DIGITS = "[0-9a-f]{16}";

    @Test
    void has_16_hexadecimal_digits() {
        assertThat(Fingerprint.of(new Exception())).matches(SIXTEEN_DIGITS);
    }

    @Test
    void is_equal_for_equal_classes_thrown_at_the_same_place() {
        assertThat(Fingerprint.of(here("a"))).isEqualTo(Fingerprint.of(here("b")));
    }

    @Test
    void does_not_depend_on_line_numbers() {
        Exception one = new Exception();
        Exception other = new Exception();

        assertThat(Fingerprint.of(one)).isEqualTo(Fingerprint.of(other));
    }

    @Test
    void differs_for_another_place() {
        assertThat(Fingerprint.of(here("a"))).isNotEqualTo(Fingerprint.of(there()));
    }

    @Test
    void differs_for_another_class_at_the_same_place() {
        assertThat(Fingerprint.of(new IllegalStateException()))
                .isNotEqualTo(Fingerprint.of(new IllegalArgumentException()));
    }

    @Test
    void looks_at_the_innermost_16_frames_only() {
        assertThat(Fingerprint.of(deep(20))).isEqualTo(Fingerprint.of(deep(40)));
    }

    @Test
    void is_that_of_the_class_when_there_is_no_stack_trace() {
        assertThat(Fingerprint.of(new Traced(new StackTraceElement[0]))).matches(SIXTEEN_DIGITS);
    }

    @Test
    void is_that_of_the_class_when_asking_for_the_stack_trace_throws() {
        Throwable hostile = new Exception() {
            private static final long serialVersionUID = 1L;

            @Override
            public StackTraceElement[] getStackTrace() {
                throw new StackOverflowError();
            }
        };

        assertThat(Fingerprint.of(hostile)).matches(SIXTEEN_DIGITS);
    }

    @Test
    void is_that_of_the_class_when_the_stack_trace_is_null() {
        assertThat(Fingerprint.of(new Traced(null))).isEqualTo(Fingerprint.of(new Traced(new StackTraceElement[0])));
    }

    @Test
    void survives_a_stack_trace_that_holds_null() {
        assertThat(Fingerprint.of(new Traced(new StackTraceElement[] {null}))).matches(SIXTEEN_DIGITS);
    }

    private static Exception here(String message) {
        return new Exception(message);
    }

    private static Exception there() {
        return new Exception();
    }

    private static Exception deep(int levels) {
        return levels == 0 ? new Exception() : deep(levels - 1);
    }

    /** A failure with any stack trace. */
    private static final class Traced extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient StackTraceElement[] trace;

        Traced(StackTraceElement[] trace) {
            this.trace = trace;
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            return trace;
        }
    }
}
