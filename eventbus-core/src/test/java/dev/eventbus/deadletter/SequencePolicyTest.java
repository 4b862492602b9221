/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SequencePolicyTest {
    @Test
    void has_a_thousand_letters_and_the_last_resort_unless_set() {
        SequencePolicy policy = SequencePolicy.sequenced();

        assertThat(policy.isSequenced()).isTrue();
        assertThat(policy.letters()).isEqualTo(1_000);
        assertThat(policy.whenFull()).isEqualTo(WhenFull.LAST_RESORT);
        assertThat(policy).hasToString("SequencePolicy[letters=1000, whenFull=LAST_RESORT]");
    }

    @Test
    void each_choice_makes_another_value_and_keeps_the_other() {
        SequencePolicy policy = SequencePolicy.sequenced().letters(1).whenFull(WhenFull.HOLD).letters(2);

        assertThat(policy.letters()).isEqualTo(2);
        assertThat(policy.whenFull()).isEqualTo(WhenFull.HOLD);
        assertThat(SequencePolicy.sequenced().letters()).isEqualTo(1_000);
    }

    @Test
    void refuses_what_makes_no_sense() {
        assertThat(SequencePolicy.none().isSequenced()).isFalse();
        assertThat(SequencePolicy.none()).hasToString("SequencePolicy[none]");
        assertThatThrownBy(() -> SequencePolicy.sequenced().letters(0)).isInstanceOf(ConfigurationException.class)
                .hasMessage("letters must be >= 1, was 0");
        assertThatThrownBy(() -> SequencePolicy.sequenced().whenFull(null)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> SequencePolicy.none().letters(1)).isInstanceOf(ConfigurationException.class)
                .hasMessage("letters must belong to a policy with sequences, was none(); begin with sequenced()");
        assertThatThrownBy(() -> SequencePolicy.none().whenFull(WhenFull.HOLD))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> new Sequence(" ", "a")).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> DeadLetterStore.inMemory(1, 0)).hasMessage("sequences must be >= 1, was 0");
    }
}
