/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a phase answers to what the breaker asks it only when another thread has changed its state meanwhile. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PhaseTest {
    private static final long FAR = Duration.ofDays(1).toNanos();

    @Test
    void who_finds_the_breaker_closed_on_second_look_passes() {
        Closed closed = new Closed(Circuit.TOUCHY, 0);

        assertThat(closed.at(FAR)).isSameAs(closed);
        assertThat(closed.take(FAR)).isTrue();
    }

    @Test
    void an_open_breaker_has_no_permit_out_whose_result_could_change_it() {
        Open open = new Open(Circuit.TOUCHY, 0, FAR, new Tally());

        assertThat(open.record(true, true, 1)).isSameAs(open);
        assertThat(open.record(false, false, 1)).isSameAs(open);
        assertThat(open.giveBack()).isFalse();
    }
}
