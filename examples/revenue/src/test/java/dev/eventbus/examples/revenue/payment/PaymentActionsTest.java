/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.payment;

import static dev.eventbus.testkit.assertion.EventBusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.examples.revenue.event.PaymentEvent;
import dev.eventbus.examples.revenue.event.PaymentFailed;
import dev.eventbus.examples.revenue.event.PaymentRefunded;
import dev.eventbus.examples.revenue.event.PaymentRules;
import dev.eventbus.examples.revenue.event.PaymentSucceeded;
import dev.eventbus.examples.revenue.operation.Action;
import dev.eventbus.examples.revenue.operation.InMemoryOperationLog;
import dev.eventbus.examples.revenue.operation.Operation;
import dev.eventbus.examples.revenue.operation.OperationLog;
import dev.eventbus.examples.revenue.operation.Operations;
import dev.eventbus.examples.revenue.operation.Result;
import dev.eventbus.testkit.RecordedEvents;
import dev.eventbus.testkit.Rendezvous;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.TestEventBusBuilder;
import dev.eventbus.testkit.junit.EventBusSetup;
import dev.eventbus.testkit.junit.EventBusTest;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Commands about payments, and the money that they move. */
@EventBusTest(threaded = true)
@DisplayNameGeneration(ReplaceUnderscores.class)
final class PaymentActionsTest implements EventBusSetup {
    private static final String CARD = "4000000000000077";
    private static final String EMPTY_CARD = "4000000000000002";
    private static final BigDecimal TEN = new BigDecimal("10.00");
    private static final Result PAID = new Result.Done(new Operation("op-1", Action.PAY, "p1", 1));

    private final PaymentRules rules = new PaymentRules();
    private final InMemoryPaymentGateway gateway = new InMemoryPaymentGateway();
    private final PaymentRepository kept = new InMemoryPaymentRepository();
    private final OperationLog operations = new InMemoryOperationLog();
    private final AtomicInteger ids = new AtomicInteger();
    private int failures;
    private RecordedEvents recorded;
    private PaymentActions actions;

    private final PaymentRepository repository = new PaymentRepository() {
        @Override
        public Optional<Payment> find(String paymentId) {
            return kept.find(paymentId);
        }

        @Override
        public void save(Payment payment) {
            if (failures-- > 0) {
                throw new IllegalStateException("not saved");
            }
            kept.save(payment);
        }

        @Override
        public Stream<Payment> all() {
            return kept.all();
        }
    };

    @Override
    public void setUp(TestEventBusBuilder builder) {
        builder.configure(b -> b.validate(PaymentEvent.class, rules::any).validate(PaymentFailed.class, rules::failed));
    }

    @BeforeEach
    void open(TestEventBus bus) {
        recorded = bus.recorded();
        actions = new PaymentActions(new PaymentService(repository, gateway, bus),
                new Operations(() -> "op-" + ids.incrementAndGet(), operations));
    }

    @Test
    void a_card_with_money_is_charged() {
        assertThat(actions.pay("p1", "1", TEN, CARD)).isEqualTo(PAID);

        assertThat(recorded.payloads(PaymentEvent.class)).containsExactly(new PaymentSucceeded("p1", "1", TEN));
        assertThat(recorded.of(PaymentEvent.class)).singleElement().satisfies(event -> {
            assertThat(event.event().metadata().key()).isEqualTo("1");
            assertThat(event.event().metadata().correlationId()).isEqualTo("op-1");
        });
        assertThat(gateway.total()).isEqualTo(TEN);
        assertThat(kept.find("p1").orElseThrow().state()).isEqualTo(PaymentState.SUCCEEDED);
        assertThat(operations.find("op-1")).isPresent();
    }

    @Test
    void a_card_without_money_is_asked_and_fails() {
        assertThat(actions.pay("p1", "1", TEN, EMPTY_CARD)).isEqualTo(PAID);

        assertThat(recorded.payloads(PaymentEvent.class))
                .containsExactly(new PaymentFailed("p1", "1", TEN, "the card has not enough money"));
        assertThat(gateway.total()).isZero();
        assertThat(actions.refund("p1"))
                .isEqualTo(new Result.Refused("op-2", "Payment 'p1' refused REFUND: no money came in"));
    }

    @Test
    void the_same_request_again_gets_the_same_result_and_charges_nothing() {
        actions.pay("p1", "1", TEN, CARD);

        assertThat(actions.pay("p1", "1", new BigDecimal("10"), CARD)).isEqualTo(PAID);
        assertThat(recorded).published(PaymentEvent.class).times(1);
        assertThat(gateway.total()).isEqualTo(TEN);
    }

    @Test
    void the_same_id_for_another_request_is_refused() {
        actions.pay("p1", "1", TEN, CARD);

        assertThat(actions.pay("p1", "2", TEN, CARD)).isEqualTo(new Result.Refused("op-2",
                "Payment 'p1' refused PAY: the id was used for another payment; choose a new one"));
        assertThat(actions.pay("p1", "1", BigDecimal.ONE, CARD)).isInstanceOf(Result.Refused.class);
        assertThat(actions.pay("p1", "1", TEN, EMPTY_CARD)).isInstanceOf(Result.Refused.class);
        assertThat(recorded).published(PaymentEvent.class).times(1);
    }

    @Test
    void a_refund_gives_all_of_it_back_once() {
        actions.pay("p1", "1", TEN, CARD);
        Result refunded = actions.refund("p1");

        assertThat(refunded).isEqualTo(new Result.Done(new Operation("op-2", Action.REFUND, "p1", 2)));
        assertThat(actions.refund("p1")).isEqualTo(refunded);
        assertThat(actions.pay("p1", "1", TEN, CARD)).isEqualTo(PAID);
        assertThat(recorded.payloads(PaymentRefunded.class)).containsExactly(new PaymentRefunded("p1", "1", TEN));
        assertThat(recorded.of(PaymentRefunded.class).getFirst().event().metadata().key()).isEqualTo("1");
        assertThat(gateway.total()).isZero();
    }

    @Test
    void a_refund_of_nothing_is_refused() {
        assertThat(actions.refund("p9"))
                .isEqualTo(new Result.Refused("op-1", "Payment 'p9' is unknown; create it first"));
    }

    @Test
    void what_breaks_the_rules_keeps_no_money_and_leaves_the_id_free() {
        assertThat(actions.pay("p1", "no number", TEN, CARD)).isInstanceOf(Result.Refused.class);
        assertThat(actions.pay("p1", "1", BigDecimal.ZERO, CARD)).isInstanceOf(Result.Refused.class);
        assertThat(gateway.total()).isZero();
        assertThat(recorded).never(PaymentEvent.class);

        assertThat(actions.pay("p1", "1", TEN, CARD)).isInstanceOf(Result.Done.class);
        assertThat(gateway.total()).isEqualTo(TEN);
    }

    @Test
    void a_repeated_request_after_a_failed_save_charges_and_publishes_nothing_more() {
        failures = 1;
        assertThatThrownBy(() -> actions.pay("p1", "1", TEN, CARD)).hasMessage("not saved");

        assertThat(actions.pay("p1", "1", TEN, CARD)).isEqualTo(PAID);
        assertThat(recorded).published(PaymentSucceeded.class).times(1);
        assertThat(gateway.total()).isEqualTo(TEN);
    }

    @Test
    void the_same_request_from_many_at_once_charges_once() {
        for (int round = 0; round < 100; round++) {
            String paymentId = "p" + round;
            Rendezvous.collide(3, task -> actions.pay(paymentId, "1", TEN, CARD))
                    .forEach(outcome -> assertThat(outcome.value()).isInstanceOf(Result.Done.class));
        }

        assertThat(recorded).published(PaymentSucceeded.class).times(100);
    }

    @Test
    void a_card_shows_its_last_four_digits_at_most() {
        assertThat(new PaymentRequest("p1", "1", TEN, new Card(CARD)).toString()).contains("Card[...0077]")
                .doesNotContain("40000000");
        assertThat(new Card("12345678")).hasToString("Card[...]");
    }
}
