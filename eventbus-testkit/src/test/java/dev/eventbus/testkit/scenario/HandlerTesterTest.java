/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.InvalidEventException;
import dev.eventbus.subscribe.Delivery;
import dev.eventbus.testkit.Shop.MailSent;
import dev.eventbus.testkit.Shop.OrderPaid;
import dev.eventbus.testkit.Shop.OrderPlaced;
import dev.eventbus.testkit.TestEventBus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HandlerTesterTest {
    private final List<Object> log = new ArrayList<>();

    /** A service as users write them. */
    private record Mailer(EventPublisher publisher) {
        void paid(OrderPaid paid) throws IOException {
            if (paid.id().isEmpty()) {
                throw new IOException("no address");
            }
            publisher.publish(new MailSent(paid.id()));
        }
    }

    /* ---------------- demonstrations ---------------- */

    @Test
    void says_what_a_handler_publishes() {
        // @start region="publishes"
        HandlerTester.of(OrderPaid.class, publisher -> new Mailer(publisher)::paid)
                .receives(new OrderPaid("A-1"))
                .publishes(MailSent.class).with(mail -> mail.to().equals("A-1")).times(1);
        // @end region="publishes"
    }

    @Test
    void says_how_a_handler_fails() {
        // @start region="failsWith"
        HandlerResult result = HandlerTester.of(OrderPaid.class, publisher -> new Mailer(publisher)::paid)
                .receives(new OrderPaid(""));

        result.failsWith(IOException.class).hasMessage("no address");
        result.publishesNothing();
        // @end region="failsWith"
    }

    @Test
    void takes_a_handler_of_payloads() {
        HandlerTester.of((OrderPaid paid) -> log.add(paid)).receives(new OrderPaid("A-1")).succeeds()
                .publishesNothing();

        assertThat(log).containsExactly(new OrderPaid("A-1"));
    }

    @Test
    void takes_a_handler_of_deliveries() {
        HandlerTester.ofEvent(HandlerTesterTest::mail).receives(new OrderPaid("A-1")).publishes(MailSent.class)
                .with(mail -> mail.to().equals("handler 1 A-1"));
    }

    private static void mail(Delivery<OrderPaid> delivery) {
        delivery.publisher().publish(new MailSent(
                delivery.subscription() + " " + delivery.attempt() + " " + delivery.payload().id()));
    }

    /* ---------------- one handler, one event, one bus ---------------- */

    @Test
    void the_handler_runs_in_the_thread_of_the_test() {
        HandlerTester.of((OrderPaid paid) -> log.add(Thread.currentThread())).receives(new OrderPaid("A-1")).succeeds();

        assertThat(log).containsExactly(Thread.currentThread());
    }

    @Test
    void the_handler_runs_once_though_it_publishes_what_it_receives() {
        HandlerTester.ofEvent((Delivery<OrderPaid> delivery) -> {
            log.add(delivery.payload());
            delivery.publisher().publish(delivery.payload());
        }).receives(new OrderPaid("A-1")).publishes(OrderPaid.class).times(1);

        assertThat(log).hasSize(1);
    }

    @Test
    void a_handler_that_fails_is_not_retried() {
        HandlerTester.of((OrderPaid paid) -> {
            log.add(paid);
            throw new IOException("down");
        }).receives(new OrderPaid("A-1")).failsWith(IOException.class);

        assertThat(log).hasSize(1);
    }

    @Test
    void each_event_has_a_bus_of_its_own() {
        HandlerTester<OrderPaid> tester = HandlerTester.ofEvent(HandlerTesterTest::mail);

        tester.receives(new OrderPaid("A-1")).publishes(MailSent.class).times(1);
        tester.receives(new OrderPaid("A-2")).publishes(MailSent.class).times(1);
    }

    @Test
    void the_bus_is_closed_afterwards() {
        List<EventPublisher> publishers = new ArrayList<>();
        HandlerTester.ofEvent((Delivery<OrderPaid> delivery) -> publishers.add(delivery.publisher()))
                .receives(new OrderPaid("A-1")).succeeds();

        assertThat(publishers).singleElement().satisfies(publisher -> assertThatThrownBy(
                () -> publisher.publish(new OrderPaid("A-2"))).isInstanceOf(BusClosedException.class));
    }

    @Test
    void a_bus_of_the_test_is_not_disturbed() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe(OrderPaid.class, "log", log::add);
            bus.publish(new OrderPaid("A-1"));
            HandlerTester.ofEvent(HandlerTesterTest::mail).receives(new OrderPaid("A-2")).publishes(MailSent.class);
            bus.runUntilIdle();

            assertThat(log).containsExactly(new OrderPaid("A-1"));
            assertThat(bus.recorded().all()).hasSize(1);
        }
    }

    @Test
    void an_event_may_be_of_a_subtype() {
        HandlerTester.of((Record event) -> log.add(event)).receives(new OrderPaid("A-1")).publishesNothing();

        assertThat(log).hasSize(1);
    }

    /* ---------------- failures ---------------- */

    @Test
    void publishes_says_what_was_published_instead() {
        HandlerResult mailed = HandlerTester.ofEvent(HandlerTesterTest::mail).receives(new OrderPaid("A-1"));

        fails(() -> mailed.publishes(OrderPlaced.class), """
                expected an OrderPlaced to be published
                but none was; published:
                  #1 MailSent: nobody has come to it""");
        fails(() -> mailed.publishes(OrderPaid.class), """
                expected an OrderPaid to be published
                but none was; published:
                  #1 MailSent: nobody has come to it""");
        fails(mailed::publishesNothing, """
                expected no event to be published
                but there is 1:
                  #1 MailSent: nobody has come to it""");
    }

    @Test
    void an_unexpected_failure_is_the_cause_whatever_was_asserted() {
        IOException down = new IOException("down");
        HandlerResult failed = HandlerTester.ofEvent((Delivery<OrderPaid> delivery) -> {
            mail(delivery);
            throw down;
        }).receives(new OrderPaid("A-1"));
        String message = """
                expected the handler of OrderPaid to return
                but it threw java.io.IOException: down
                if it is meant to, assert failsWith(IOException.class) first""";

        for (ThrowingCallable assertion : List.<ThrowingCallable>of(failed::succeeds, failed::publishesNothing,
                () -> failed.publishes(MailSent.class))) {
            assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasCause(down).hasMessage(message);
        }
        failed.failsWith(IOException.class);
        failed.publishes(MailSent.class);
    }

    @Test
    void failsWith_says_what_came_instead() {
        IllegalStateException broken = new IllegalStateException("no stock");

        fails(() -> HandlerTester.of((OrderPaid paid) -> log.add(paid)).receives(new OrderPaid("A-1"))
                .failsWith(IOException.class), """
                        expected the handler of OrderPaid to fail with IOException
                        but it returned""");
        assertThatThrownBy(() -> HandlerTester.of((OrderPaid paid) -> {
            throw broken;
        }).receives(new OrderPaid("A-1")).failsWith(IOException.class)).isInstanceOf(AssertionError.class)
                .hasCause(broken)
                .hasMessage("""
                        expected the handler of OrderPaid to fail with IOException
                        but it threw java.lang.IllegalStateException: no stock""");
    }

    @Test
    void an_error_is_a_failure_too() {
        AssertionError mine = new AssertionError("mine");

        HandlerTester.of((OrderPaid paid) -> {
            throw mine;
        }).receives(new OrderPaid("A-1")).failsWith(AssertionError.class).isSameAs(mine);
    }

    @Test
    void an_error_of_the_virtual_machine_is_thrown() {
        InternalError mine = new InternalError("mine");

        assertThatThrownBy(() -> HandlerTester.of((OrderPaid paid) -> {
            throw mine;
        }).receives(new OrderPaid("A-1")).succeeds()).isSameAs(mine);
    }

    @Test
    void what_the_bus_refuses_is_thrown() {
        List<Delivery<OrderPaid>> deliveries = new ArrayList<>();
        HandlerTester.ofEvent((Delivery<OrderPaid> delivery) -> deliveries.add(delivery)).receives(new OrderPaid("A-1"))
                .succeeds();

        assertThatThrownBy(() -> HandlerTester.of((Delivery<OrderPaid> payload) -> log.add(payload))
                .receives(deliveries.getFirst()).succeeds()).isInstanceOf(InvalidEventException.class);
    }

    private static void fails(ThrowingCallable assertion, String message) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessage(message);
    }
}
