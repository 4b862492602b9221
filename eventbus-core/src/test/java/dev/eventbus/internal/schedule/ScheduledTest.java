/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.fixture.Threads;
import dev.eventbus.internal.deliver.Origin;
import dev.eventbus.internal.publish.CheckedPayload;
import dev.eventbus.publish.PublishOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class ScheduledTest {
    private static final int MANY = 5_000;

    // All go through them in the same order and wait at each for the others, so that they meet at every one.
    @RepeatedTest(3)
    void of_publish_cancel_and_shutdown_exactly_one_takes_it() {
        CheckedPayload payload = new CheckedPayload("x", "t", PublishOptions.options(), Origin.PLAIN);
        List<Scheduled> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            all.add(new Scheduled(one -> false, payload, Instant.EPOCH, i));
        }
        AtomicInteger arrived = new AtomicInteger();
        AtomicInteger won = new AtomicInteger();

        List<Integer> unused = Threads.together(2, thread -> () -> {
            try {
                for (int i = 0; i < MANY; i++) {
                    arrived.incrementAndGet();
                    while (arrived.get() < 2 * (i + 1)) {
                        Thread.onSpinWait();
                    }
                    won.addAndGet(take(all.get(i), (thread + i) % 3) ? 1 : 0);
                }
            } finally {
                arrived.addAndGet(2 * MANY); // so that a failure of one leaves nobody spinning
            }
            return won.get();
        });

        assertThat(won).hasValue(MANY);
        assertThat(all).noneMatch(Scheduled::isWaiting);
    }

    private static boolean take(Scheduled one, int how) {
        return switch (how) {
            case 0 -> one.begin() != null;
            case 1 -> one.takeBack();
            default -> one.withdraw();
        };
    }
}
