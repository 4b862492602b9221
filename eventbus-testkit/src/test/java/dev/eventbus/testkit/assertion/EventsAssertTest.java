/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.assertion;

import static dev.eventbus.testkit.assertion.EventBusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.testkit.RecordedEvent;
import dev.eventbus.testkit.Shop.MailSent;
import dev.eventbus.testkit.Shop.OrderPaid;
import dev.eventbus.testkit.Shop.OrderPlaced;
import dev.eventbus.testkit.TestEventBus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EventsAssertTest {
    private final TestEventBus bus = TestEventBus.create();

    // Two orders, the first of which is paid at the second attempt; mails about it are never sent.
    @BeforeEach
    void happen() {
        bus.subscribe("payment", s -> s.onEvent(OrderPlaced.class, delivery -> {
            if (delivery.payload().id().equals("A-1")) {
                if (delivery.attempt() == 1) {
                    throw new IOException("no answer");
                }
                delivery.publisher().publish(new OrderPaid("A-1"));
            }
        }).retry(RetryPolicy.fixed(Duration.ofSeconds(1)).maxAttempts(2)));
        bus.subscribe("mail", s -> s.on(OrderPaid.class, paid -> {
            throw new IOException("down");
        }).retry(RetryPolicy.never()));
        bus.publish(new OrderPlaced("A-1", 10));
        bus.publish(new OrderPlaced("A-2", 20));
        bus.awaitIdle();
    }

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void says_what_happened() {
        // @start region="assertions"
        assertThat(bus).published(OrderPaid.class).with(paid -> paid.id().equals("A-1")).causedBy(OrderPlaced.class)
                .times(1)
                .and().published(OrderPlaced.class).handledBy("payment").times(2);
        assertThat(bus).inOrder(OrderPlaced.class, OrderPaid.class).never(MailSent.class).retried("payment", 1)
                .deadLettered(OrderPaid.class);
        // @end region="assertions"
    }

    @Test
    void published_says_what_was_published_instead() {
        fails(() -> assertThat(bus).published(MailSent.class), """
                expected a MailSent to be published
                but none was; published:
                  #1 OrderPlaced: payment handled (2 attempts)
                  #2 OrderPlaced: payment handled
                  #3 OrderPaid: mail dead-lettered""");
    }

    @Test
    void with_says_what_came_nearest() {
        fails(() -> assertThat(bus).published(OrderPlaced.class).with(placed -> placed.total() == 20)
                .with("of A-1", placed -> placed.id().equals("A-1")), """
                        expected an OrderPlaced with the condition, of A-1
                        but none was so; the nearest:
                          #1 OrderPlaced: payment handled (2 attempts)  <- not with the condition
                          #2 OrderPlaced: payment handled  <- not of A-1""");
    }

    @Test
    void those_that_lack_least_come_first() {
        fails(() -> assertThat(bus).published(OrderPlaced.class).with(placed -> placed.total() == 20)
                .causedBy(OrderPaid.class),
                """
                        expected an OrderPlaced with the condition, caused by OrderPaid
                        but none was so; the nearest:
                          #2 OrderPlaced: payment handled  <- not caused by OrderPaid
                          #1 OrderPlaced: payment handled (2 attempts)  <- not with the condition, not caused by OrderPaid""");
    }

    @Test
    void handledBy_says_what_became_of_it() {
        fails(() -> assertThat(bus).published(OrderPaid.class).handledBy("mail", "sms"), """
                expected an OrderPaid handled by 'mail' and 'sms'
                but none was so; the nearest:
                  #3 OrderPaid: mail dead-lettered  <- not handled by 'mail' and 'sms'""");
    }

    @Test
    void times_says_which_they_are() {
        fails(() -> assertThat(bus).published(OrderPlaced.class).times(1), """
                expected an OrderPlaced exactly once
                but there are 2:
                  #1 OrderPlaced: payment handled (2 attempts)
                  #2 OrderPlaced: payment handled""");
        fails(() -> assertThat(bus).published(OrderPaid.class).times(2), """
                expected an OrderPaid exactly 2 times
                but there is 1:
                  #3 OrderPaid: mail dead-lettered""");
    }

    @Test
    void never_says_which_it_is() {
        fails(() -> assertThat(bus).never(OrderPaid.class), """
                expected no OrderPaid to be published
                but there is 1:
                  #3 OrderPaid: mail dead-lettered""");
    }

    @Test
    void noOther_leaves_out_what_is_known() {
        List<RecordedEvent<OrderPlaced>> placed = bus.recorded().of(OrderPlaced.class);
        UUID first = placed.getFirst().event().id();
        UUID second = placed.getLast().event().id();

        assertThat(bus).noOther(OrderPlaced.class, List.of(first, second));
        fails(() -> assertThat(bus).noOther(OrderPlaced.class, List.of(first)), """
                expected no other OrderPlaced to be published
                but there is 1:
                  #2 OrderPlaced: payment handled""");
        fails(() -> assertThat(bus).noOther(OrderPaid.class, List.of(first)), """
                expected no OrderPaid to be published
                but there is 1:
                  #3 OrderPaid: mail dead-lettered""");
        fails(() -> assertThat(bus).noOther(Object.class, List.of(first)), """
                expected no other event to be published
                but there are 2:
                  #2 OrderPlaced: payment handled
                  #3 OrderPaid: mail dead-lettered""");
    }

    @Test
    void a_description_of_the_whole_holds_for_its_parts() {
        fails(() -> assertThat(bus).as("at the end").published(OrderPaid.class).times(2), """
                [at the end] expected an OrderPaid exactly 2 times
                but there is 1:
                  #3 OrderPaid: mail dead-lettered""");
    }

    @Test
    void inOrder_says_how_far_it_came() {
        fails(() -> assertThat(bus).inOrder(OrderPaid.class, OrderPlaced.class), """
                expected in this order: OrderPaid, OrderPlaced
                but no OrderPlaced came after OrderPaid; published:
                  #1 OrderPlaced: payment handled (2 attempts)
                  #2 OrderPlaced: payment handled
                  #3 OrderPaid: mail dead-lettered""");
        fails(() -> assertThat(bus.recorded()).inOrder(MailSent.class), """
                expected in this order: MailSent
                but no MailSent came after the start; published:
                  #1 OrderPlaced: payment handled (2 attempts)
                  #2 OrderPlaced: payment handled
                  #3 OrderPaid: mail dead-lettered""");
    }

    @Test
    void deadLettered_says_what_letters_there_are() {
        fails(() -> assertThat(bus).deadLettered(OrderPlaced.class), """
                expected a dead letter of OrderPlaced
                but there is none; dead letters:
                  OrderPaid of 'mail': attempts-exhausted, java.io.IOException""");
        fails(() -> assertThat(bus).hasNoDeadLetters(), """
                expected no dead letter
                but found:
                  OrderPaid of 'mail': attempts-exhausted, java.io.IOException""");
    }

    @Test
    void retried_says_how_often_and_what() {
        fails(() -> assertThat(bus).retried("payment", 2), """
                expected 2 retries by 'payment'
                but there was 1; it came to:
                  #1 OrderPlaced: payment handled (2 attempts)
                  #2 OrderPlaced: payment handled""");
        fails(() -> assertThat(bus).retried("nobody", 1), """
                expected 1 retry by 'nobody'
                but there were 0; it came to:
                  nothing""");
    }

    @Test
    void a_long_list_is_cut() {
        for (int i = 0; i < 9; i++) {
            bus.publish(new OrderPlaced("B-" + i, i));
        }
        bus.awaitIdle();
        assertThatThrownBy(() -> assertThat(bus).never(OrderPlaced.class))
                .hasMessageEndingWith("  #11 OrderPlaced: payment handled\n  and 1 more");
    }

    private static void fails(ThrowingCallable assertion, String message) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessage(message);
    }
}
