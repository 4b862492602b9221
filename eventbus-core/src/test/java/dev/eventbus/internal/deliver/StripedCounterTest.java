/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.fixture.Threads;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StripedCounterTest {
    private static final int EACH = 100_000;

    @Test
    void begins_at_zero() {
        assertThat(new StripedCounter(4).sum()).isZero();
    }

    @Test
    void adds_up_all_stripes_and_those_without() {
        StripedCounter counter = new StripedCounter(3);
        counter.increment(0);
        counter.increment(2);
        counter.increment(2);
        counter.increment(StripedCounter.NO_STRIPE);

        assertThat(counter.sum()).isEqualTo(4);
    }

    @Test
    void counts_without_stripes() {
        StripedCounter counter = new StripedCounter(0);
        counter.increment(StripedCounter.NO_STRIPE);

        assertThat(counter.sum()).isEqualTo(1);
    }

    @Test
    void loses_nothing_when_each_thread_has_its_own_stripe() {
        StripedCounter counter = new StripedCounter(4);

        Threads.together(4, thread -> () -> count(counter, thread));

        assertThat(counter.sum()).isEqualTo(4L * EACH);
    }

    @Test
    void loses_nothing_when_threads_have_no_stripe() {
        StripedCounter counter = new StripedCounter(4);

        Threads.together(4, thread -> () -> count(counter, StripedCounter.NO_STRIPE));

        assertThat(counter.sum()).isEqualTo(4L * EACH);
    }

    @Test
    void loses_nothing_when_a_stripe_changes_hands() {
        StripedCounter counter = new StripedCounter(1);

        for (int i = 0; i < 10; i++) {
            Threads.result(Threads.start(() -> count(counter, 0)), "the owner of the stripe");
        }

        assertThat(counter.sum()).isEqualTo(10L * EACH);
    }

    private static int count(StripedCounter counter, int stripe) {
        for (int i = 0; i < EACH; i++) {
            counter.increment(stripe);
        }
        return EACH;
    }
}
