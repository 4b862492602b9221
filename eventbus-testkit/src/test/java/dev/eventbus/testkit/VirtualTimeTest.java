/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VirtualTimeTest {
    private final VirtualTime time = new VirtualTime();

    @Test
    void stands_still_until_told_to_move() {
        assertThat(time.wallMillis()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
        assertThat(time.monotonicNanos()).isZero();
        assertThat(time.elapsed()).isZero();
    }

    @Test
    void advancing_moves_both_clocks_alike() {
        long wall = time.wallMillis();

        time.advance(Duration.ofSeconds(2)).advance(Duration.ofNanos(7));

        assertThat(time.wallMillis() - wall).isEqualTo(2_000);
        assertThat(time.monotonicNanos()).isEqualTo(2_000_000_007L);
        assertThat(time.elapsed()).isEqualTo(Duration.ofNanos(2_000_000_007L));
    }

    @Test
    void the_wall_clock_jumps_back_and_the_monotonic_one_stays() {
        long wall = time.wallMillis();

        time.advance(Duration.ofSeconds(1)).jumpWall(Duration.ofHours(-1));

        assertThat(time.wallMillis() - wall).isEqualTo(1_000 - 3_600_000);
        assertThat(time.monotonicNanos()).isEqualTo(1_000_000_000L);
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void the_clock_of_the_jdk_tells_this_time() {
        Clock clock = time.wallClock();

        time.advance(Duration.ofSeconds(1)).jumpWall(Duration.ofMinutes(-1));

        assertThat(clock.instant()).isEqualTo(Instant.parse("2025-12-31T23:59:01Z"));
        assertThat(clock.millis()).isEqualTo(time.wallMillis());
        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
    }

    @Test
    void starts_where_it_is_told_and_passes_the_largest_number() {
        VirtualTime late = new VirtualTime(Instant.EPOCH, Long.MAX_VALUE);

        late.advance(Duration.ofNanos(1));

        assertThat(late.monotonicNanos()).isEqualTo(Long.MIN_VALUE);
        assertThat(late.wallMillis()).isZero();
    }

    @Test
    void refuses_to_go_back() {
        assertThatThrownBy(() -> time.advance(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("duration must be >= 0, was PT-0.000000001S; only the wall clock can go back");
    }
}
