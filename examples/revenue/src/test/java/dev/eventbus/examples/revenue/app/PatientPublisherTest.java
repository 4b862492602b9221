/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.publish.Receipt;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.junit.EventBusTest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How many events are under way on virtual threads. */
@EventBusTest
@DisplayNameGeneration(ReplaceUnderscores.class)
final class PatientPublisherTest {
    private TestEventBus bus;

    @BeforeEach
    void subscribe(TestEventBus testBus) {
        bus = testBus;
        bus.subscribe(String.class, "words", word -> bus.sleep(Duration.ofSeconds(word.equals("slow") ? 1 : 0)));
    }

    @Test
    void one_client_has_its_answer_when_publish_returns() {
        assertThat(new PatientPublisher(bus, 1, () -> false).publish("quick").isDone()).isTrue();
    }

    @Test
    void a_handler_is_no_client_and_does_not_wait() {
        assertThat(new PatientPublisher(bus, 1, () -> true).publish("slow").isDone()).isFalse();
    }

    @Test
    void two_clients_need_not_wait_for_one_event() {
        assertThat(new PatientPublisher(bus, 2, () -> false).publish("slow").isDone()).isFalse();
    }

    @Test
    void two_clients_wait_for_the_older_of_two_events() {
        PatientPublisher publisher = new PatientPublisher(bus, 2, () -> false);
        Receipt first = publisher.publish("slow");

        publisher.publish("quick");

        assertThat(first.isDone()).isTrue();
        assertThat(bus.time().elapsed()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void an_interrupt_ends_the_wait_and_stays_set_and_what_was_published_stays_published() {
        PatientPublisher publisher = new PatientPublisher(bus, 1, () -> false);

        Thread.currentThread().interrupt();
        Receipt receipt = publisher.publish("slow");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(receipt.isDone()).isFalse();
        assertThat(bus.recorded().payloads(String.class)).containsExactly("slow");
    }
}
