/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.fixture.Threads;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for a turn and who is turned away, each of them in a thread of its own. */
@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
class TurnTest {
    private static final Runnable NOTHING = () -> {};

    private final Turn turn = new Turn();

    private static <T> T elsewhere(Callable<T> step) {
        return Threads.result(Threads.start(step), "a step of another thread");
    }

    @Test
    void who_comes_after_the_end_is_turned_away_whichever_thread_ended_it() {
        Waiter early = elsewhere(() -> turn.await(NOTHING));

        assertThat(turn.end()).containsExactly(early);

        assertThat(elsewhere(() -> turn.await(NOTHING) == null)).isTrue();
        assertThat(elsewhere(turn::end)).isEmpty();
    }

    @Test
    void who_no_longer_waits_is_not_woken_and_keeps_nobody_else_out() {
        Waiter gone = turn.await(NOTHING);

        assertThat(turn.remove(gone)).isTrue();
        Waiter stays = elsewhere(() -> turn.await(NOTHING));

        assertThat(elsewhere(turn::end)).containsExactly(stays);
    }

    @Test
    void after_the_end_it_is_too_late_to_stop_waiting() {
        Waiter waiter = turn.await(NOTHING);

        assertThat(elsewhere(turn::end)).containsExactly(waiter);

        assertThat(turn.remove(waiter)).isFalse();
        assertThat(elsewhere(() -> turn.remove(waiter))).isFalse();
    }
}
