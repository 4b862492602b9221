/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PatienceTest {
    private final Patience patience = new Patience(Duration.ofMillis(20));

    @Test
    void what_does_not_come_is_named() {
        assertThatThrownBy(() -> patience.await("the bus", new CountDownLatch(1))).isInstanceOf(AssertionError.class)
                .hasMessage("the bus did not come within PT0.02S; if it only takes longer, override patience()");
    }

    @Test
    void what_throws_is_named_and_the_failure_kept() {
        IOException planted = new IOException("planted");

        assertThatThrownBy(() -> new Patience(Duration.ofSeconds(30)).result("a call", () -> {
            throw planted;
        })).isInstanceOf(AssertionError.class).hasMessage("a call threw java.io.IOException").hasCause(planted);
    }

    @Test
    void an_interrupt_ends_the_wait_and_stays_set() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> patience.await("the bus", new CountDownLatch(1))).isInstanceOf(AssertionError.class)
                .hasMessage("the bus was not waited for: the thread of the test was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
