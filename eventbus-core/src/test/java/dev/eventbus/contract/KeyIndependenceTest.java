/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import dev.eventbus.EventBus;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Subscription;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However much waits for a key whose handler hangs, the other keys go on. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class KeyIndependenceTest {
    private static final int MANY = 1_024; // as many as a worker sorts at once, and the places of a buffer

    private final EventBus bus = EventBus.builder("b").build();
    private final Gate gate = new Gate();
    private final CountDownLatch other = new CountDownLatch(1);
    private final Subscription open = bus.subscribe("s", s -> s.on(String.class, text -> {
        if (text.equals("other")) {
            other.countDown();
        } else {
            gate.pass();
        }
    }).ordering(Ordering.byKey(String.class, text -> text)).buffer(4 * MANY));

    @AfterEach
    void close() {
        gate.open();
        bus.close();
    }

    private void publishHanging(int count) {
        for (int n = 0; n < count; n++) {
            bus.publish("hangs");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, MANY - 1, MANY, MANY + 1, 3 * MANY})
    @Rule("O-2")
    void a_key_does_not_wait_for_another_one_that_came_before_it_during_a_pause(int before)
            throws InterruptedException {
        open.pause();
        publishHanging(before);
        bus.publish("other");

        open.resume();

        gate.awaitReached();
        Latches.await(other, "the other key");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, MANY - 1, MANY, MANY + 1, 3 * MANY})
    @Rule("O-2")
    void a_key_does_not_wait_for_another_one_whose_handler_hangs_already(int behind) throws InterruptedException {
        bus.publish("hangs");
        gate.awaitReached();
        publishHanging(behind);

        bus.publish("other");

        Latches.await(other, "the other key");
    }

    @RepeatedTest(20)
    @Rule("O-2")
    void a_key_does_not_wait_for_another_one_that_a_worker_has_just_begun_to_sort() throws InterruptedException {
        publishHanging(MANY);

        bus.publish("other");

        Latches.await(other, "the other key");
    }
}
