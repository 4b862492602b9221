/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

import static dev.eventbus.testkit.scenario.Action.call;
import static dev.eventbus.testkit.scenario.Action.publish;
import static dev.eventbus.testkit.scenario.Expectation.deadLettered;
import static dev.eventbus.testkit.scenario.Expectation.never;
import static dev.eventbus.testkit.scenario.Expectation.nothing;
import static dev.eventbus.testkit.scenario.Expectation.published;
import static dev.eventbus.testkit.scenario.Expectation.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.InvalidEventException;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.HandlerFailedException;
import dev.eventbus.subscribe.Subscription;
import dev.eventbus.testkit.Shop.MailSent;
import dev.eventbus.testkit.Shop.OrderPaid;
import dev.eventbus.testkit.Shop.OrderPlaced;
import dev.eventbus.testkit.TestEventBus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ScenarioTest {
    private final TestEventBus bus = TestEventBus.builder()
            .configure(builder -> builder.validate(OrderPlaced.class,
                    v -> v.require("total", v.payload().total() > 0, "must be positive")))
            .build();

    @BeforeEach
    void a_mail_follows_a_payment() {
        bus.subscribe("mail", s -> s.onEvent(OrderPaid.class,
                delivery -> delivery.publisher().publish(new MailSent(delivery.payload().id()))));
    }

    @AfterEach
    void close() {
        bus.close();
    }

    /* ---------------- demonstrations ---------------- */

    @Test
    void reads_as_a_sentence() {
        // @start region="scenario"
        Scenario.of(bus)
                .given(new OrderPlaced("A-1", 10))
                .when(publish(new OrderPaid("A-1")))
                .then(published(MailSent.class).with(mail -> mail.to().equals("A-1")).causedBy(OrderPaid.class)
                        .times(1),
                        published(OrderPaid.class).handledBy("mail"),
                        never(OrderPlaced.class));
        // @end region="scenario"
    }

    @Test
    void acts_by_a_call_that_may_throw() {
        Scenario.of(bus).when(() -> {
            bus.publish(new OrderPlaced("A-1", 10));
            throw new IOException("down");
        }).then(published(OrderPlaced.class), rejected(IOException.class));
    }

    @Test
    void a_rejected_publish_reaches_nobody() {
        Scenario.of(bus).when(publish(new OrderPlaced("A-1", 0))).then(rejected(InvalidEventException.class),
                nothing());
    }

    @Test
    void a_dead_letter_is_expected_from_then_on() {
        refunds(RetryPolicy.never());

        Scenario.of(bus).when(publish(new OrderPlaced("A-1", 10))).then(deadLettered(OrderPlaced.class));

        assertThat(bus.recorded().unexpectedFailures()).isEmpty();
    }

    /* ---------------- given ---------------- */

    @Test
    void no_expectation_sees_what_is_given() {
        Scenario.of(bus).given(new OrderPaid("A-1"), new OrderPaid("A-2")).when(publish(new OrderPlaced("A-3", 10)))
                .then(never(OrderPaid.class), never(MailSent.class), nothing());
    }

    @Test
    void all_that_is_given_has_happened_before_the_next_step() {
        List<Object> log = new ArrayList<>();
        bus.subscribe(OrderPaid.class, "log", log::add);
        Scenario scenario = Scenario.of(bus).given(new OrderPaid("A-1"), new OrderPaid("A-2"));

        assertThat(log).containsExactly(new OrderPaid("A-1"), new OrderPaid("A-2"));
        assertThat(bus.recorded().all()).isEmpty();
        scenario.when(publish(new OrderPaid("A-3"))).then(published(OrderPaid.class).handledBy("log").times(1));
    }

    @Test
    void what_is_given_has_ended_before_the_actions_retries_included() {
        refunds(RetryPolicy.fixed(Duration.ofHours(1)).maxAttempts(2));
        bus.recorded().expectFailuresOf("refund");
        List<Duration> times = new ArrayList<>();

        Scenario.of(bus).given(new OrderPlaced("A-1", 10)).when(() -> times.add(bus.time().elapsed())).then(nothing());

        assertThat(times).containsExactly(Duration.ofHours(1));
    }

    @Test
    void what_the_bus_had_to_do_before_is_done_and_forgotten() {
        bus.publish(new OrderPaid("A-1"));

        Scenario.of(bus).when(publish(new OrderPlaced("A-2", 10))).then(nothing());
    }

    @Test
    void a_failure_before_the_actions_is_told() {
        refunds(RetryPolicy.never());

        fails(() -> Scenario.of(bus).given(new OrderPlaced("A-1", 10)).when(publish(new OrderPaid("A-1")))
                .then(published(MailSent.class)), """
                        expected no failure before the actions, but there were 2:
                          #1 OrderPlaced: attempt 1 of 'refund' failed: java.io.IOException: down
                          #1 OrderPlaced: dead letter of 'refund': ATTEMPTS_EXHAUSTED
                        if the subscription is meant to fail, say so before: bus.recorded().expectFailuresOf(name)""");
    }

    @Test
    void one_failure_before_the_actions_is_told() {
        bus.subscribe("refund", s -> s.onEvent(OrderPlaced.class, delivery -> {
            if (delivery.attempt() == 1) {
                throw new IOException("down");
            }
        }).retry(RetryPolicy.fixed(Duration.ofSeconds(1)).maxAttempts(2)));

        fails(() -> Scenario.of(bus).given(new OrderPlaced("A-1", 10)).when(publish(new OrderPaid("A-1")))
                .then(published(MailSent.class)), """
                        expected no failure before the actions, but there was one:
                          #1 OrderPlaced: attempt 1 of 'refund' failed: java.io.IOException: down
                        if the subscription is meant to fail, say so before: bus.recorded().expectFailuresOf(name)""");
    }

    /* ---------------- when ---------------- */

    @Test
    void actions_are_taken_in_order_until_one_throws() {
        List<String> log = new ArrayList<>();

        Scenario.of(bus)
                .when(call(() -> log.add("first")), publish(new OrderPlaced("A-1", 0)), call(() -> log.add("last")))
                .then(rejected(InvalidEventException.class));

        assertThat(log).containsExactly("first");
    }

    @Test
    void handlers_wait_until_all_actions_are_taken() {
        Scenario.of(bus).when(publish(new OrderPaid("A-1")),
                call(() -> assertThat(bus.recorded().payloads(MailSent.class)).isEmpty()))
                .then(published(MailSent.class));
    }

    @Test
    void an_event_is_published_with_its_options() {
        List<Object> tenants = new ArrayList<>();
        bus.subscribe("log", s -> s.onEvent(OrderPlaced.class,
                delivery -> tenants.add(delivery.event().metadata().attributes().get("tenant"))));

        Scenario.of(bus).when(publish(new OrderPlaced("A-1", 1), PublishOptions.options().attribute("tenant", "acme")))
                .then(published(OrderPlaced.class).handledBy("log"));

        assertThat(tenants).containsExactly("acme");
    }

    @Test
    void an_exception_that_nobody_expects_comes_first() {
        IllegalStateException broken = new IllegalStateException("no stock");

        assertThatThrownBy(() -> Scenario.of(bus).when(() -> {
            throw broken;
        }).then(published(OrderPaid.class))).isInstanceOf(AssertionError.class).hasCause(broken).hasMessage("""
                expected the actions to be taken
                but one threw java.lang.IllegalStateException: no stock
                if it is meant to, expect rejected(IllegalStateException.class)""");
    }

    @Test
    void an_error_of_an_action_is_thrown_on() {
        AssertionError broken = new AssertionError("mine");

        assertThatThrownBy(() -> Scenario.of(bus).when(() -> {
            throw broken;
        }).then(nothing())).isSameAs(broken);
    }

    @Test
    void an_interrupt_of_an_action_stays_set() {
        ActedScenario acted = Scenario.of(bus).when(() -> {
            throw new InterruptedException();
        });

        assertThat(Thread.interrupted()).isTrue();
        acted.then(rejected(InterruptedException.class));
    }

    @Test
    void nothing_leaves_out_an_event_whose_failure_was_propagated() {
        Subscription unused = bus.subscribe("strict", s -> s.on(OrderPlaced.class, placed -> {
            throw new IOException("down");
        }).dispatch(Dispatch.synchronous()).retry(RetryPolicy.never()).propagate());

        Scenario.of(bus).when(publish(new OrderPlaced("A-1", 10)))
                .then(rejected(HandlerFailedException.class), nothing(), published(OrderPlaced.class));
    }

    /* ---------------- then ---------------- */

    @Test
    void then_lets_no_time_pass() {
        refunds(RetryPolicy.fixed(Duration.ofHours(1)).maxAttempts(2));

        fails(() -> Scenario.of(bus).when(publish(new OrderPlaced("A-1", 10)))
                .then(published(OrderPlaced.class).handledBy("refund")), """
                        expected an OrderPlaced handled by 'refund'
                        but none was so; the nearest:
                          #1 OrderPlaced: refund open  <- not handled by 'refund'""");
        assertThat(bus.time().elapsed()).isZero();
    }

    @Test
    void published_says_what_the_assertion_says() {
        ActedScenario paid = Scenario.of(bus).when(publish(new OrderPaid("A-1")));

        fails(() -> paid.then(published(OrderPlaced.class)), """
                expected an OrderPlaced to be published
                but none was; published:
                  #1 OrderPaid: mail handled
                  #2 MailSent: nobody has come to it""");
        fails(() -> paid.then(published(MailSent.class).with(mail -> mail.to().isEmpty())), """
                expected a MailSent with the condition
                but none was so; the nearest:
                  #2 MailSent: nobody has come to it  <- not with the condition""");
        fails(() -> paid.then(published(MailSent.class).with("to nobody", mail -> mail.to().isEmpty())), """
                expected a MailSent to nobody
                but none was so; the nearest:
                  #2 MailSent: nobody has come to it  <- not to nobody""");
        fails(() -> paid.then(published(MailSent.class).causedBy(OrderPlaced.class)), """
                expected a MailSent caused by OrderPlaced
                but none was so; the nearest:
                  #2 MailSent: nobody has come to it  <- not caused by OrderPlaced""");
        fails(() -> paid.then(published(MailSent.class).causedBy(OrderPaid.class).times(2)), """
                expected a MailSent caused by OrderPaid exactly 2 times
                but there is 1:
                  #2 MailSent: nobody has come to it""");
    }

    @Test
    void absence_says_what_there_is_beside_the_actions_own_events() {
        ActedScenario paid = Scenario.of(bus).when(publish(new OrderPaid("A-1")),
                call(() -> bus.publish(new OrderPaid("A-2"))));

        fails(() -> paid.then(nothing()), """
                expected no other event to be published
                but there are 3:
                  #2 OrderPaid: mail handled
                  #3 MailSent: nobody has come to it
                  #4 MailSent: nobody has come to it""");
        fails(() -> paid.then(never(OrderPaid.class)), """
                expected no other OrderPaid to be published
                but there is 1:
                  #2 OrderPaid: mail handled""");
        fails(() -> paid.then(never(MailSent.class)), """
                expected no MailSent to be published
                but there are 2:
                  #3 MailSent: nobody has come to it
                  #4 MailSent: nobody has come to it""");
    }

    @Test
    void an_object_that_is_published_twice_is_both_times_the_actions_own() {
        OrderPaid paid = new OrderPaid("A-1");

        Scenario.of(bus).when(publish(paid), publish(paid)).then(never(OrderPaid.class));
    }

    @Test
    void all_expectations_have_to_hold() {
        fails(() -> Scenario.of(bus).when(publish(new OrderPaid("A-1"))).then(published(MailSent.class),
                deadLettered(OrderPaid.class)), """
                        expected a dead letter of OrderPaid
                        but there is none; dead letters:
                          nothing""");
    }

    @Test
    void rejected_says_what_came_instead() {
        fails(() -> Scenario.of(bus).when(publish(new OrderPaid("A-1"))).then(rejected(InvalidEventException.class)),
                """
                        expected an action to be rejected with InvalidEventException
                        but none was""");

        IOException down = new IOException("down");
        assertThatThrownBy(() -> Scenario.of(bus).when(() -> {
            throw down;
        }).then(rejected(InvalidEventException.class))).isInstanceOf(AssertionError.class).hasCause(down).hasMessage("""
                expected an action to be rejected with InvalidEventException
                but it threw java.io.IOException: down""");
    }

    @Test
    void what_the_actions_came_to_is_told_before_what_follows() {
        fails(() -> Scenario.of(bus).when(call(() -> {
            throw new IOException("down");
        })).then(published(OrderPaid.class), rejected(InvalidEventException.class)), """
                expected an action to be rejected with InvalidEventException
                but it threw java.io.IOException: down""");
    }

    @Test
    void times_below_one_is_refused() {
        assertThatThrownBy(() -> published(OrderPaid.class).times(0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("times must be >= 1, was 0; expect never(OrderPaid.class)");
    }

    @Test
    void an_expectation_refined_twice_stays_as_it_was() {
        PublishedExpectation<MailSent> one = published(MailSent.class).causedBy(OrderPaid.class);
        PublishedExpectation<MailSent> other = one.times(2);

        Scenario.of(bus).when(publish(new OrderPaid("A-1"))).then(one.times(1), one);

        assertThat(one).hasToString("published(MailSent).causedBy(OrderPaid)");
        assertThat(other).hasToString("published(MailSent).causedBy(OrderPaid).times(2)");
    }

    @Test
    void a_threaded_bus_is_refused() {
        try (TestEventBus threaded = TestEventBus.builder().threaded().build()) {
            assertThatThrownBy(() -> Scenario.of(threaded).given(new OrderPaid("A-1"))
                    .when(publish(new OrderPaid("A-2")))
                    .then(nothing())).isInstanceOf(IllegalStateException.class).hasMessage(
                            "time is not there on a threaded bus, whose time is real; use awaitIdle, or build it without"
                                    + " threaded()");
        }
    }

    private void refunds(RetryPolicy retry) {
        Subscription unused = bus.subscribe("refund", s -> s.onEvent(OrderPlaced.class, delivery -> {
            if (delivery.attempt() == 1) {
                throw new IOException("down");
            }
        }).retry(retry));
    }

    private static void fails(ThrowingCallable sentence, String message) {
        assertThatThrownBy(sentence).isInstanceOf(AssertionError.class).hasMessage(message);
    }
}
