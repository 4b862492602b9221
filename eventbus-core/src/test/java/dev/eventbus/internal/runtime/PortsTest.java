/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.fixture.ManualClocks;
import dev.eventbus.fixture.TestPorts;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PortsTest {
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    private final ManualClocks clocks = new ManualClocks();
    private final Ports ports = TestPorts.of(clocks);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999_999_999, 1_000_000_000, 86_400_000_000_000L, 1L << 60})
    void a_duration_that_fits_is_converted_exactly(long nanos) {
        assertThat(Ports.toNanos(Duration.ofNanos(nanos))).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2_305_843_007L, 2_305_843_008L, 2_305_843_009L, 2_305_843_010L, 9_223_372_036L,
            9_223_372_037L,
            Long.MAX_VALUE})
    void never_overflows_and_never_falls_where_durations_grow(long seconds) {
        long less = Ports.toNanos(Duration.ofSeconds(seconds));
        long more = Ports.toNanos(Duration.ofSeconds(seconds, 999_999_999));

        assertThat(less).isNotNegative();
        assertThat(more).isGreaterThanOrEqualTo(less).isLessThanOrEqualTo(Ports.toNanos(LONGEST));
    }

    @Test
    void the_longest_duration_is_some_decades_and_more() {
        assertThat(Ports.toNanos(LONGEST)).isGreaterThan(Duration.ofDays(365 * 70).toNanos());
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE / 2})
    void a_deadline_of_the_longest_wait_lies_ahead_of_any_clock(long now) {
        clocks.monotonicNanos(now);

        assertThat(ports.deadlineNanos(LONGEST) - now).isPositive();
    }

    @Test
    void a_deadline_is_read_from_the_monotonic_clock() {
        clocks.monotonicNanos(7);

        assertThat(ports.deadlineNanos(Duration.ofNanos(5))).isEqualTo(12);
    }

    @Test
    void now_is_the_wall_clock_to_the_millisecond() {
        assertThat(ports.now()).isEqualTo(ManualClocks.START);
    }
}
