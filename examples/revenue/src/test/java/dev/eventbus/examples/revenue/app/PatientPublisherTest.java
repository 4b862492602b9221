/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.eventbus.EventBus;
import dev.eventbus.publish.Receipt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How many events are under way on virtual threads. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class PatientPublisherTest {
    private final EventBus bus = EventBus.create("test");
    private final CountDownLatch slow = new CountDownLatch(1);

    @BeforeEach
    void subscribe() {
        bus.subscribe(String.class, "words", word -> {
            if (word.equals("slow")) {
                slow.await();
            }
        });
    }

    @AfterEach
    void close() {
        slow.countDown();
        bus.close();
    }

    @Test
    void one_client_has_its_answer_when_publish_returns() {
        assertThat(new PatientPublisher(bus, 1).publish("quick").isDone()).isTrue();
    }

    @Test
    void two_clients_need_not_wait_for_one_event() {
        assertThat(new PatientPublisher(bus, 2).publish("slow").isDone()).isFalse();
    }

    @Test
    void two_clients_wait_for_the_older_of_two_events() {
        PatientPublisher publisher = new PatientPublisher(bus, 2);
        Receipt first = publisher.publish("slow");

        slow.countDown();
        publisher.publish("quick");

        assertThat(first.isDone()).isTrue();
    }

    @Test
    void an_interrupt_ends_the_wait_and_stays_set() {
        PatientPublisher publisher = new PatientPublisher(bus, 1);

        Thread.currentThread().interrupt();

        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> publisher.publish("slow"))
                .withMessageContaining("was under way");
        assertThat(Thread.interrupted()).isTrue();
    }
}
