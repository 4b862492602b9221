/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.fault;

import static dev.eventbus.testkit.assertion.EventBusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.BufferFullException;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.subscribe.HandlerTimeoutException;
import dev.eventbus.subscribe.Overflow;
import dev.eventbus.subscribe.Subscription;
import dev.eventbus.testkit.Gate;
import dev.eventbus.testkit.Shop.OrderPaid;
import dev.eventbus.testkit.TestEventBus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class FaultDemonstrationTest {
    private final Mails mails = new Mails();
    private final TestEventBus bus = TestEventBus.create();

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void a_mail_is_sent_at_the_third_attempt() {
        // @start region="failing"
        bus.subscribe(OrderPaid.class, "mail", Fault.failing().onCalls(1, 2).in(mails::send));

        bus.publish(new OrderPaid("A-1"));
        bus.awaitIdle();

        assertThat(bus).retried("mail", 2);
        assertThat(mails.sent()).containsExactly("A-1");
        // @end region="failing"
    }

    @Test
    void a_mail_server_that_is_down_is_asked_again_and_a_wrong_address_is_not() {
        // @start region="supplied"
        bus.subscribe("mail", s -> s
                .onEvent(OrderPaid.class, Fault.failing(() -> new IllegalArgumentException("no such address"))
                        .onCalls(2).inEvent(delivery -> mails.send(delivery.payload())))
                .retry(RetryPolicy.fixed(Duration.ofSeconds(1)).abortOn(IllegalArgumentException.class)));

        bus.publish(new OrderPaid("A-1"));
        bus.publish(new OrderPaid("A-2"));
        bus.awaitIdle();

        assertThat(mails.sent()).containsExactly("A-1");
        assertThat(bus).retried("mail", 0).deadLettered(OrderPaid.class);
        // @end region="supplied"
    }

    @Test
    void an_error_is_not_retried() {
        // @start region="error"
        bus.subscribe(OrderPaid.class, "mail",
                Fault.failingWithError(() -> new NoClassDefFoundError("mail/Template")).onFirst(1).in(mails::send));

        bus.publish(new OrderPaid("A-1"));
        bus.awaitIdle();

        assertThat(bus).retried("mail", 0).deadLettered(OrderPaid.class);
        // @end region="error"
    }

    @Test
    void one_seed_draws_the_same_calls_in_every_run() {
        // @start region="random"
        bus.subscribe("mail",
                s -> s.on(OrderPaid.class, Fault.failing(IOException::new).atRandom(0.3, 42).in(mails::send))
                        .retry(RetryPolicy.fixed(Duration.ofSeconds(1)).maxAttempts(10)));

        for (int i = 1; i <= 20; i++) {
            bus.publish(new OrderPaid("A-" + i));
        }
        bus.awaitIdle();

        assertThat(mails.sent()).hasSize(20).doesNotHaveDuplicates();
        // @end region="random"
        assertThat(bus.recorded().unexpectedFailures()).isNotEmpty();
    }

    @Test
    void a_slow_mail_holds_up_the_next() {
        // @start region="slow"
        bus.subscribe(OrderPaid.class, "mail", Fault.slow(bus, Duration.ofSeconds(3)).onCalls(1).in(mails::send));
        bus.publish(new OrderPaid("A-1"));
        bus.publish(new OrderPaid("A-2"));

        bus.advance(Duration.ofSeconds(2));
        assertThat(mails.sent()).isEmpty();

        bus.advance(Duration.ofSeconds(1));
        assertThat(mails.sent()).containsExactly("A-1", "A-2");
        // @end region="slow"
    }

    @Test
    void a_timeout_ends_a_handler_that_hangs() {
        // @start region="hanging"
        bus.subscribe("mail", s -> s.on(OrderPaid.class, Fault.hanging(bus).onCalls(1).in(mails::send))
                .timeout(Duration.ofSeconds(2)).retry(RetryPolicy.fixed(Duration.ofSeconds(10)).maxAttempts(2)));

        bus.publish(new OrderPaid("A-1"));
        bus.awaitIdle();

        assertThat(mails.sent()).containsExactly("A-1");
        assertThat(bus).retried("mail", 1);
        // @end region="hanging"
        assertThat(bus.recorded().signals(Signal.AttemptFailed.class)).singleElement()
                .extracting(Signal.AttemptFailed::failure).isInstanceOf(HandlerTimeoutException.class);
        assertThat(bus.time().elapsed()).isBetween(Duration.ofSeconds(12), Duration.ofSeconds(13));
    }

    @Test
    void a_handler_that_hangs_goes_on_when_the_test_says_so() {
        // @start region="released"
        Gate answer = Gate.closed(bus);
        bus.subscribe(OrderPaid.class, "mail", Fault.hanging(answer).in(mails::send));
        bus.publish(new OrderPaid("A-1"));

        bus.advance(Duration.ofHours(1));
        assertThat(mails.sent()).isEmpty();

        answer.open();
        bus.runUntilIdle();
        assertThat(mails.sent()).containsExactly("A-1");
        // @end region="released"
    }

    @Test
    void a_handler_that_is_idempotent_does_not_mind_a_duplicate() {
        // @start region="duplicating"
        bus.subscribe(OrderPaid.class, "mail", Fault.duplicating().in(mails::sendOnce));

        bus.publish(new OrderPaid("A-1"));
        bus.awaitIdle();

        assertThat(mails.sent()).containsExactly("A-1");
        // @end region="duplicating"
    }

    @Test
    void a_service_meets_a_full_buffer() {
        bus.subscribe(OrderPaid.class, "mail", mails::send);

        // @start region="buffer"
        EventPublisher full = Fault.failing(() -> BufferFullException.buffer("shop", "OrderPaid", "mail", 8_192,
                Duration.ofSeconds(5))).onCalls(2).in(bus);

        full.publish(new OrderPaid("A-1"));
        assertThatThrownBy(() -> full.publish(new OrderPaid("A-2"))).isInstanceOf(BufferFullException.class);
        full.publish(new OrderPaid("A-3"));
        bus.awaitIdle();

        assertThat(mails.sent()).containsExactly("A-1", "A-3");
        // @end region="buffer"
    }

    @Test
    void a_paused_subscription_fills_its_buffer() {
        // @start region="paused"
        Subscription mail = bus.subscribe("mail",
                s -> s.on(OrderPaid.class, mails::send).buffer(1, Overflow.REJECT));
        mail.pause();
        bus.publish(new OrderPaid("A-1"));

        assertThatThrownBy(() -> bus.publish(new OrderPaid("A-2"))).isInstanceOf(BufferFullException.class);

        mail.resume();
        bus.awaitIdle();
        assertThat(mails.sent()).containsExactly("A-1");
        // @end region="paused"
    }

    @Test
    void a_letter_that_the_store_refuses_goes_to_the_last_resort() {
        // @start region="store"
        List<DeadLetter> lost = new ArrayList<>();
        DeadLetterStore store = Fault.failing().onCalls(2).in(DeadLetterStore.inMemory(10), StoreMethod.ADD);
        try (TestEventBus shop = TestEventBus.builder()
                .configure(b -> b.deadLetters(store).lastResort((letter, cause) -> lost.add(letter))).build()) {
            shop.subscribe("mail", s -> s.on(OrderPaid.class, Fault.failing().in(mails::send))
                    .retry(RetryPolicy.never()));

            shop.publish(new OrderPaid("A-1"));
            shop.publish(new OrderPaid("A-2"));
            shop.awaitIdle();

            assertThat(store.size()).isEqualTo(1);
            assertThat(lost).singleElement().extracting(DeadLetter::event).extracting(EventEnvelope::payload)
                    .isEqualTo(new OrderPaid("A-2"));
        }
        // @end region="store"
    }

    @Test
    void a_retry_does_not_mind_a_wall_clock_that_jumps() {
        // @start region="clock"
        Clock clock = bus.time().wallClock(); // for code that takes one of the JDK's
        Instant before = clock.instant();
        bus.subscribe("mail", s -> s.on(OrderPaid.class, Fault.failing().onCalls(1).in(mails::send))
                .retry(RetryPolicy.fixed(Duration.ofMinutes(5))));
        bus.publish(new OrderPaid("A-1"));
        bus.runUntilIdle();

        bus.time().jumpWall(Duration.ofHours(-1));
        bus.advance(Duration.ofMinutes(5));

        assertThat(mails.sent()).containsExactly("A-1");
        assertThat(clock.instant()).isEqualTo(before.minus(Duration.ofMinutes(55)));
        // @end region="clock"
    }
}
