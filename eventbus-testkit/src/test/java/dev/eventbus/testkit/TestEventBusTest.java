/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import static dev.eventbus.testkit.assertion.EventBusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.ScheduledPublish;
import dev.eventbus.subscribe.HandlerTimeoutException;
import dev.eventbus.testkit.Shop.MailSent;
import dev.eventbus.testkit.Shop.OrderPaid;
import dev.eventbus.testkit.Shop.OrderPlaced;
import dev.eventbus.testkit.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class TestEventBusTest {
    private final List<Object> log = new ArrayList<>();

    @Test
    void a_retry_comes_when_its_time_has_come() {
        // @start region="advance"
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("mail", s -> s.onEvent(OrderPaid.class, delivery -> {
                if (delivery.attempt() == 1) {
                    throw new IOException("mail server is down");
                }
                delivery.publisher().publish(new MailSent(delivery.payload().id()));
            }).retry(RetryPolicy.fixed(Duration.ofMinutes(5)).maxAttempts(2)));

            bus.publish(new OrderPaid("A-1"));
            bus.runUntilIdle();
            assertThat(bus.recorded().payloads(MailSent.class)).isEmpty();

            bus.advance(Duration.ofMinutes(5));
            assertThat(bus.recorded().payloads(MailSent.class)).containsExactly(new MailSent("A-1"));
        }
        // @end region="advance"
    }

    @Test
    void a_scheduled_publish_comes_when_its_time_has_come() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe(OrderPlaced.class, "reminder",
                    placed -> bus.publishAfter(Duration.ofDays(14), new MailSent(placed.id())));

            bus.publish(new OrderPlaced("A-1", 10));
            bus.advance(Duration.ofDays(14).minusNanos(1));
            assertThat(bus.recorded().payloads(MailSent.class)).isEmpty();

            bus.advance(Duration.ofNanos(1));
            assertThat(bus.recorded().payloads(MailSent.class)).containsExactly(new MailSent("A-1"));
            assertThat(bus).published(MailSent.class).causedBy(OrderPlaced.class);
        }
    }

    @Test
    void a_scheduled_publish_is_driven_by_virtual_time_alone() {
        try (TestEventBus bus = TestEventBus.create()) {
            Instant due = bus.time().wallClock().instant().plus(Duration.ofHours(1));
            bus.publishAt(due, new OrderPaid("A-2"));
            ScheduledPublish cancelled = bus.publishAfter(Duration.ofMinutes(1), new OrderPaid("A-0"));
            bus.publishAfter(Duration.ofMinutes(59), new OrderPaid("A-1"));
            bus.publishAfter(Duration.ofDays(1_000), new OrderPaid("A-3"));

            assertThat(cancelled.cancel()).isTrue();
            bus.time().jumpWall(Duration.ofHours(-3));
            assertThat(bus.awaitIdle().time().elapsed()).isZero();
            bus.time().advance(Duration.ofHours(1));

            assertThat(bus.recorded().payloads(OrderPaid.class)).containsExactly(new OrderPaid("A-1"),
                    new OrderPaid("A-2"));
            assertThat(bus.eventBus().inspect().metrics().scheduled()).isOne();
        }
    }

    @Test
    void nothing_happens_before_the_test_lets_it() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe(OrderPlaced.class, "s", log::add);

            Receipt receipt = bus.publish(new OrderPlaced("A-1", 1));
            assertThat(receipt.outcomes()).containsEntry("s", Outcome.OPEN);
            assertThat(log).isEmpty();

            bus.runUntilIdle();
            assertThat(receipt.outcomes()).containsEntry("s", Outcome.HANDLED);
            assertThat(log).containsExactly(new OrderPlaced("A-1", 1));
        }
    }

    @Test
    void runUntilIdle_moves_no_time_and_awaitIdle_as_much_as_retries_take() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(OrderPaid.class, paid -> {
                log.add(bus.time().elapsed());
                throw new IOException();
            }).retry(RetryPolicy.fixed(Duration.ofSeconds(10)).maxAttempts(3)));
            bus.publish(new OrderPaid("A-1"));

            assertThat(bus.runUntilIdle().time().elapsed()).isZero();
            bus.awaitIdle();

            assertThat(log).containsExactly(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(20));
            assertThat(bus.time().elapsed()).isEqualTo(Duration.ofSeconds(20));
        }
    }

    @Test
    void the_time_lets_the_bus_run_when_it_is_advanced() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe(OrderPaid.class, "s", log::add);
            bus.publish(new OrderPaid("A-1"));

            bus.time().advance(Duration.ZERO);

            assertThat(log).hasSize(1);
        }
    }

    @Test
    void a_receipt_can_be_awaited_and_a_full_buffer_makes_room() throws InterruptedException {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(OrderPaid.class, log::add).buffer(1));

            bus.publish(new OrderPaid("A-1"));
            Receipt second = bus.publish(new OrderPaid("A-2")).await(Duration.ofSeconds(1));

            assertThat(second.isDone()).isTrue();
            assertThat(log).hasSize(2);
        }
    }

    @Test
    void a_handler_that_waits_in_virtual_time_is_timed_out() throws InterruptedException {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(OrderPaid.class, paid -> bus.sleep(Duration.ofSeconds(3)))
                    .timeout(Duration.ofSeconds(2)).retry(RetryPolicy.never()));
            bus.publish(new OrderPaid("A-1"));

            bus.advance(Duration.ofSeconds(1));
            assertThat(bus.recorded().deadLetters()).isEmpty();
            bus.advance(Duration.ofSeconds(2));

            assertThat(bus.recorded().deadLetters()).singleElement()
                    .satisfies(letter -> assertThat(letter.attempts()).singleElement().satisfies(attempt -> assertThat(
                            attempt.failureClass()).isEqualTo(HandlerTimeoutException.class.getName())));
        }
    }

    @Test
    void the_same_seed_gives_the_same_interleaving_and_another_one_another() {
        assertThat(interleaving(1L)).isEqualTo(interleaving(1L));
        assertThat(interleaving(1L)).isNotEqualTo(interleaving(2L));
        assertThat(interleaving(null)).isEqualTo(interleaving(null));
    }

    private static long interleaving(Long seed) {
        TestEventBusBuilder builder = TestEventBus.builder();
        if (seed != null) {
            builder.seed(seed);
        }
        try (TestEventBus bus = builder.build()) {
            bus.subscribe(OrderPlaced.class, "one", placed -> bus.mark("one"));
            bus.subscribe(OrderPlaced.class, "other", placed -> bus.mark("other"));
            for (int i = 0; i < 5; i++) {
                bus.publish(new OrderPlaced("A-" + i, i));
            }
            bus.awaitIdle();
            assertThat(bus.recorded().all()).allSatisfy(event -> assertThat(event.handledBy()).hasSize(2));
            return bus.interleaving();
        }
    }

    @Test
    void a_thread_of_the_machine_is_told_that_it_does_not_belong_here() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe(OrderPaid.class, "s", log::add);
            FutureTask<Receipt> foreign = new FutureTask<>(() -> bus.publish(new OrderPaid("A-1")));
            new Thread(foreign).start();

            assertThatThrownBy(() -> foreign.get(30, TimeUnit.SECONDS)).cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("which is no running thread of this simulation");
        }
    }

    @Test
    void a_test_may_go_on_in_another_thread() throws Exception {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe(OrderPaid.class, "s", log::add);
            FutureTask<Void> other = new FutureTask<>(() -> {
                bus.adoptThread();
                bus.publish(new OrderPaid("A-1"));
                bus.runUntilIdle();
            }, null);
            new Thread(other).start();
            other.get(30, TimeUnit.SECONDS);
            bus.adoptThread();

            assertThat(log).hasSize(1);
        }
    }

    @Test
    void closing_leaves_nothing_behind_and_may_be_repeated() {
        TestEventBus bus = TestEventBus.create();
        bus.subscribe("s", s -> s.on(OrderPaid.class, paid -> {
            throw new IOException();
        }).retry(RetryPolicy.fixed(Duration.ofHours(1)).maxAttempts(9)));
        Receipt receipt = bus.publish(new OrderPaid("A-1"));
        bus.runUntilIdle();

        bus.close();
        bus.close();

        assertThat(receipt.outcomes()).containsEntry("s", Outcome.RETURNED);
    }

    @Test
    void a_failure_of_the_run_is_told_once_and_closing_after_it_is_quiet() {
        assertThatThrownBy(() -> {
            try (TestEventBus bus = TestEventBus.create()) {
                bus.subscribe(OrderPaid.class, "s", log::add).pause();
                bus.publish(new OrderPaid("A-1")).await(Duration.ofDays(400));
            }
        }).isInstanceOf(SimulationStuckException.class).hasNoSuppressedExceptions();
    }

    @Test
    void time_passes_as_far_as_retries_take() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("s", s -> s.on(OrderPaid.class, Fault.failing().onCalls(1).in(log::add))
                    .retry(RetryPolicy.fixed(Duration.ofHours(13))));
            bus.publish(new OrderPaid("A-1"));

            bus.awaitIdle();

            assertThat(log).hasSize(1);
            assertThat(bus.time().elapsed()).isEqualTo(Duration.ofHours(13));
        }
    }

    @Test
    void closing_works_in_a_test_that_was_interrupted_and_the_interrupt_stays() {
        TestEventBus bus = TestEventBus.create();
        List<Thread> threads = new ArrayList<>();
        bus.subscribe(OrderPaid.class, "s", paid -> {
            threads.add(Thread.currentThread());
            bus.sleep(Duration.ofDays(1));
        });
        bus.publish(new OrderPaid("A-1"));
        bus.runUntilIdle();

        Thread.currentThread().interrupt();
        bus.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(threads).singleElement()
                .satisfies(thread -> assertThat(thread.join(Duration.ofSeconds(30))).isTrue());
    }

    @Test
    void what_makes_no_sense_is_refused() {
        try (TestEventBus bus = TestEventBus.create()) {
            assertThatThrownBy(() -> bus.advance(Duration.ofSeconds(-5)))
                    .hasMessage("duration must be >= 0, was PT-5S");

            bus.subscribe("s", s -> s.on(OrderPaid.class, paid -> bus.runUntilIdle()).retry(RetryPolicy.never()));
            bus.publish(new OrderPaid("A-1"));
            bus.runUntilIdle();
            assertThat(bus.recorded().unexpectedFailures()).first().asString()
                    .contains("runUntilIdle was called in a handler");
        }
    }

    @Test
    void events_with_one_id_are_two_events() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe(OrderPaid.class, "s", log::add);
            UUID id = UUID.randomUUID();
            bus.publish(new OrderPaid("A-1"), PublishOptions.options().id(id));
            bus.publish(new OrderPaid("A-1"), PublishOptions.options().id(id));
            bus.awaitIdle();

            assertThat(bus.recorded().tree()).isEqualTo("#1 OrderPaid: s handled\n#2 OrderPaid: s handled\n");
        }
    }

    /* ---------------- threaded ---------------- */

    @Test
    void on_threads_awaitIdle_ends_with_the_causal_tree() throws InterruptedException {
        // @start region="threaded"
        try (TestEventBus bus = TestEventBus.builder().threaded().build()) {
            CountDownLatch answer = new CountDownLatch(1);
            bus.subscribe("payment", s -> s.onEvent(OrderPlaced.class, delivery -> {
                answer.await(); // waits for the machine, as a client of some service would
                delivery.publisher().publish(new OrderPaid(delivery.payload().id()));
            }));
            bus.subscribe("mail", s -> s.onEvent(OrderPaid.class,
                    delivery -> delivery.publisher().publish(new MailSent(delivery.payload().id()))));

            bus.publish(new OrderPlaced("A-1", 1));
            answer.countDown();
            bus.awaitIdle();

            assertThat(bus.recorded().payloads(MailSent.class)).containsExactly(new MailSent("A-1"));
        }
        // @end region="threaded"
    }

    @Test
    void on_threads_awaitIdle_says_what_has_not_ended() throws InterruptedException {
        try (TestEventBus bus = TestEventBus.builder().threaded().patience(Duration.ofMillis(50)).build()) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch never = new CountDownLatch(1);
            bus.subscribe(OrderPaid.class, "payment", paid -> {
                begun.countDown();
                never.await();
            });
            bus.publish(new OrderPaid("A-1"));
            begun.await();

            assertThatThrownBy(bus::awaitIdle).isInstanceOf(AssertionError.class)
                    .hasMessage("bus 'test' was not idle within PT0.05S; not ended:\n#1 OrderPaid: payment open");
        }
    }

    @Test
    void a_threaded_bus_has_no_virtual_time_and_no_seed() {
        try (TestEventBus bus = TestEventBus.builder().threaded().build()) {
            assertThatThrownBy(bus::runUntilIdle).isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "runUntilIdle is not there on a threaded bus, whose time is real; use awaitIdle, or build it"
                                    + " without threaded()");
        }
        assertThatThrownBy(() -> TestEventBus.builder().threaded().seed(1).build())
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("a threaded bus has no seed (seed=1)");
    }

    @Test
    void the_tree_shows_who_caused_what() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("payment", s -> s.onEvent(OrderPlaced.class,
                    delivery -> delivery.publisher().publish(new OrderPaid(delivery.payload().id()))));
            bus.subscribe("mail", s -> s.onEvent(OrderPaid.class, delivery -> {
                throw new IOException();
            }).retry(RetryPolicy.fixed(Duration.ofSeconds(1)).maxAttempts(2)));
            bus.publish(new OrderPlaced("A-1", 1));
            bus.publish(new MailSent("nobody"));
            bus.awaitIdle();

            // @start region="tree"
            assertThat(bus.recorded().tree()).isEqualTo("""
                    #1 OrderPlaced: payment handled
                      #3 OrderPaid: mail dead-lettered (2 attempts)
                    #2 MailSent: nobody has come to it
                    """);
            // @end region="tree"
        }
    }
}
