/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import static dev.eventbus.examples.revenue.Invoices.invoice;
import static dev.eventbus.examples.revenue.Invoices.line;
import static dev.eventbus.testkit.assertion.EventBusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.breaker.CircuitBreaker;
import dev.eventbus.breaker.CircuitState;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.examples.revenue.app.fault.PoisonedRepository;
import dev.eventbus.examples.revenue.app.fault.TaxOutage;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.revenue.InMemoryRevenueRepository;
import dev.eventbus.examples.revenue.revenue.RevenueHandlers;
import dev.eventbus.examples.revenue.revenue.RevenueService;
import dev.eventbus.examples.revenue.tax.TaxTable;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.TestEventBusBuilder;
import dev.eventbus.testkit.junit.EventBusSetup;
import dev.eventbus.testkit.junit.EventBusTest;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The handlers while the tax service is down, behind the circuit breaker of the program, on virtual time. */
@EventBusTest
@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
final class TaxServiceTest implements EventBusSetup {
    private static final Duration OUTAGE = Duration.ofMillis(120);
    private static final int INVOICES = 500;

    private final PoisonedRepository repository = new PoisonedRepository(new InMemoryRevenueRepository(), "poison");
    private TestEventBus bus;
    private CircuitBreaker breaker;

    @Override
    public void setUp(TestEventBusBuilder builder) {
        builder.configure(b -> b.circuitBreaker(RevenueSystem.TAX, RevenueSystem.taxBreaker())
                .retry(RetryPolicy.fixed(Duration.ofMillis(4)).maxAttempts(4)));
    }

    @BeforeEach
    void subscribe(TestEventBus testBus) {
        bus = testBus;
        breaker = bus.eventBus().circuitBreaker(RevenueSystem.TAX);
        TaxOutage taxRates = new TaxOutage(new TaxTable(), OUTAGE, bus.time());
        RevenueHandlers handlers = new RevenueHandlers(new RevenueService(repository, taxRates), bus, bus);
        bus.subscribe("revenue", s -> s.onEvent(InvoiceCreated.class, handlers::created)
                .ordering(Ordering.byKey(InvoiceEvent.class, InvoiceEvent::number)).concurrency(1)
                .circuitBreaker(RevenueSystem.TAX));
    }

    @Test
    void an_outage_pauses_the_handlers_and_costs_three_calls_instead_of_four_for_each_invoice() {
        bus.recorded().expectFailuresOf("revenue");
        IntStream.range(0, INVOICES).forEach(i -> publish("i" + i));
        bus.awaitIdle();

        assertThat(bus).hasNoDeadLetters();
        assertThat(repository.all()).hasSize(INVOICES);
        // Two close together open it, at 50 ms one more is tried, and at 150 ms the service is back.
        assertThat(bus.recorded().signals(Signal.AttemptFailed.class)).hasSize(3);
        assertThat(breaker.metrics().opened()).isEqualTo(2);
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(bus.time().elapsed()).isEqualTo(Duration.ofMillis(150));
    }

    @Test
    void a_breaker_that_is_held_open_by_hand_holds_the_handlers() {
        breaker.forceOpen();
        publish("1");
        bus.advance(Duration.ofHours(1));
        assertThat(repository.all()).isEmpty();

        breaker.reset();
        bus.awaitIdle();

        assertThat(repository.all()).hasSize(1);
    }

    @Test
    void failures_of_the_books_say_nothing_about_the_tax_service() {
        publish("poison");
        publish("1");
        bus.awaitIdle();

        assertThat(bus).deadLettered(InvoiceCreated.class);
        assertThat(breaker.metrics().opened()).isZero();
        assertThat(repository.find("1")).isPresent();

        repository.mend();
        assertThat(bus.eventBus().deadLetters().redrive(DeadLetterQuery.all())).isEqualTo(new RedriveReport(1, 0, 0));
        assertThat(repository.find("poison")).isPresent();
    }

    private void publish(String number) {
        bus.publish(new InvoiceCreated(invoice(number), 1, List.of(line(1, "2.00"))));
    }
}
