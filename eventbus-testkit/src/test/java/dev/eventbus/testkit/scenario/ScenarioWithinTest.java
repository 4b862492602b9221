/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

import static dev.eventbus.testkit.scenario.Action.publish;
import static dev.eventbus.testkit.scenario.Expectation.deadLettered;
import static dev.eventbus.testkit.scenario.Expectation.never;
import static dev.eventbus.testkit.scenario.Expectation.nothing;
import static dev.eventbus.testkit.scenario.Expectation.published;
import static dev.eventbus.testkit.scenario.Expectation.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.testkit.Shop.MailSent;
import dev.eventbus.testkit.Shop.OrderPaid;
import dev.eventbus.testkit.Shop.OrderPlaced;
import dev.eventbus.testkit.TestEventBus;
import java.io.IOException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ScenarioWithinTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestEventBus bus = TestEventBus.create();

    // One mail at once, and one each hour; the third attempt is the last and fails, too.
    @BeforeEach
    void reminders() {
        bus.subscribe("reminder", s -> s.onEvent(OrderPlaced.class, delivery -> {
            delivery.publisher().publish(new MailSent("attempt " + delivery.attempt()));
            throw new IOException("not paid");
        }).retry(RetryPolicy.fixed(HOUR).maxAttempts(3)));
    }

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void goes_on_in_time() {
        // @start region="within"
        Scenario.of(bus).when(publish(new OrderPlaced("A-1", 10)))
                .then(published(MailSent.class).times(1))
                .andWithin(Duration.ofMinutes(59), nothing())
                .andWithin(Duration.ofMinutes(1), published(MailSent.class).times(2))
                .andWithin(Duration.ofDays(30), published(MailSent.class).times(3), deadLettered(OrderPlaced.class))
                .andWithin(Duration.ofDays(30), never(MailSent.class));
        // @end region="within"
        assertThat(bus.time().elapsed()).isEqualTo(Duration.ofDays(60).plus(HOUR));
    }

    @Test
    void an_event_of_before_may_be_handled_within() {
        bus.subscribe("payment", s -> s.onEvent(OrderPaid.class, delivery -> {
            if (delivery.attempt() == 1) {
                throw new IOException("down");
            }
        }).retry(RetryPolicy.fixed(HOUR).maxAttempts(2)));

        Scenario.of(bus).when(publish(new OrderPaid("A-1"))).then(nothing())
                .andWithin(HOUR, published(OrderPaid.class).handledBy("payment"), nothing());
    }

    @Test
    void what_does_not_come_is_told_with_the_time() {
        CheckedScenario placed = placed();

        fails(() -> placed.andWithin(Duration.ofMinutes(59), published(MailSent.class).times(2)), """
                [within PT59M] expected a MailSent exactly 2 times
                but there is 1:
                  #2 MailSent: nobody has come to it""");
        fails(() -> placed.andWithin(Duration.ofSeconds(1), published(OrderPaid.class)), """
                [within PT1S] expected an OrderPaid to be published
                but none was; published:
                  #1 OrderPlaced: reminder open
                  #2 MailSent: nobody has come to it""");
    }

    @Test
    void what_must_not_come_is_told_with_the_time() {
        fails(() -> placed().andWithin(HOUR, nothing()), """
                [within PT1H] expected no other event to be published
                but there is 1:
                  #3 MailSent: nobody has come to it""");
    }

    @Test
    void what_comes_too_often_does_not_hold_at_the_end() {
        fails(() -> placed().andWithin(Duration.ofHours(2), published(MailSent.class).times(2)), """
                [within PT2H] expected a MailSent exactly 2 times
                but there are 3:
                  #2 MailSent: nobody has come to it
                  #3 MailSent: nobody has come to it
                  #4 MailSent: nobody has come to it""");
    }

    @Test
    void what_held_before_does_not_come_within() {
        fails(() -> placed().andWithin(HOUR,
                published(MailSent.class).with("of attempt 1", mail -> mail.to().endsWith("1"))
                        .causedBy(OrderPlaced.class)),
                """
                        expected within PT1H and not before: published(MailSent).with(of attempt 1).causedBy(OrderPlaced)
                        but it held before; what had happened:
                        #1 OrderPlaced: reminder open
                          #2 MailSent: nobody has come to it
                        if it comes at once, expect it in then(...)""");
        assertThat(bus.time().elapsed()).isZero();
    }

    @Test
    void a_dead_letter_of_before_does_not_come_within() {
        CheckedScenario placed = placed().andWithin(Duration.ofHours(2), deadLettered(OrderPlaced.class));

        fails(() -> placed.andWithin(HOUR, deadLettered(OrderPlaced.class)), """
                expected within PT1H and not before: deadLettered(OrderPlaced)
                but it held before; what had happened:
                #1 OrderPlaced: reminder dead-lettered (3 attempts)
                  #2 MailSent: nobody has come to it
                  #3 MailSent: nobody has come to it
                  #4 MailSent: nobody has come to it
                if it comes at once, expect it in then(...)""");
    }

    @Test
    void what_cannot_come_within_is_refused_before_time_passes() {
        CheckedScenario placed = placed();

        assertThatThrownBy(() -> placed.andWithin(HOUR, nothing(), rejected(IOException.class)))
                .isInstanceOf(IllegalArgumentException.class).hasMessage(
                        "rejected(IOException) cannot come within PT1H: the actions are over; expect it in then(...)");
        assertThatThrownBy(() -> placed.andWithin(Duration.ZERO, nothing()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("duration must be > 0, was PT0S; what takes no time belongs to then(...)");
        assertThatThrownBy(() -> placed.andWithin(HOUR.negated(), nothing()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("duration must be > 0, was PT-1H; what takes no time belongs to then(...)");
        assertThat(bus.time().elapsed()).isZero();
    }

    private CheckedScenario placed() {
        return Scenario.of(bus).when(publish(new OrderPlaced("A-1", 10))).then(published(MailSent.class).times(1));
    }

    private static void fails(ThrowingCallable sentence, String message) {
        assertThatThrownBy(sentence).isInstanceOf(AssertionError.class).hasMessage(message);
    }
}
