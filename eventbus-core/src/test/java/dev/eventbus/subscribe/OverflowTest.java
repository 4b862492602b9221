/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OverflowTest {
    @Test
    void a_wait_is_longer_than_nothing() {
        assertThatThrownBy(() -> Overflow.block(Duration.ZERO)).isInstanceOf(ConfigurationException.class)
                .hasMessage("timeout must be > PT0S, was PT0S");
        assertThatThrownBy(() -> Overflow.block(Duration.ofNanos(-1))).isInstanceOf(ConfigurationException.class)
                .hasMessage("timeout must be > PT0S, was PT-0.000000001S");
        assertThatThrownBy(() -> Overflow.block(null)).isInstanceOf(ConfigurationException.class)
                .hasMessage("timeout must not be null; pass a value");
        assertThatThrownBy(() -> new Overflow.Block(Duration.ZERO)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void waits_of_equal_length_are_equal() {
        assertThat(Overflow.block(Duration.ofSeconds(1))).isEqualTo(Overflow.block(Duration.ofMillis(1_000)))
                .isNotEqualTo(Overflow.block(Duration.ofSeconds(2)))
                .isEqualTo(new Overflow.Block(Duration.ofSeconds(1)));
    }

    @Test
    void the_policies_that_do_not_wait_are_four() {
        assertThat(List.of(Overflow.REJECT, Overflow.DEAD_LETTER, Overflow.DROP_OLDEST, Overflow.DROP_NEWEST))
                .containsExactly(Overflow.Decided.values()).extracting(Overflow::toString)
                .containsExactly("REJECT", "DEAD_LETTER", "DROP_OLDEST", "DROP_NEWEST");
    }
}
