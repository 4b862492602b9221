/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.analytics;

import static dev.eventbus.examples.revenue.Invoices.adjustment;
import static dev.eventbus.examples.revenue.Invoices.at;
import static dev.eventbus.examples.revenue.Invoices.creditNote;
import static dev.eventbus.examples.revenue.Invoices.invoice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.MonthlyAmount;
import dev.eventbus.examples.revenue.event.RevenueAdjusted;
import dev.eventbus.examples.revenue.event.RevenueDeferred;
import dev.eventbus.examples.revenue.event.RevenueEvent;
import dev.eventbus.examples.revenue.event.RevenueRecognized;
import dev.eventbus.examples.revenue.event.RevenueReversed;
import dev.eventbus.examples.revenue.event.ServicePeriod;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.junit.EventBusTest;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Sums over revenue events. */
@EventBusTest
@DisplayNameGeneration(ReplaceUnderscores.class)
final class AnalyticsHandlersTest {
    private final RevenueAnalytics analytics = new RevenueAnalytics();
    private final AnalyticsHandlers handlers = new AnalyticsHandlers(analytics);

    @BeforeEach
    void subscribe(TestEventBus bus) {
        bus.subscribe("analytics", s -> s.on(RevenueEvent.class, handlers::changed));
    }

    @Test
    void adds_up_by_month_country_and_customer(TestEventBus bus) {
        bus.publish(new RevenueRecognized(invoice("1"), at(invoice("1"), "5.00"), BigDecimal.ZERO));
        bus.publish(new RevenueReversed(creditNote("C2"), at(creditNote("C2"), "-1.00"), BigDecimal.ZERO));
        bus.publish(new RevenueAdjusted(adjustment("A3"), at(adjustment("A3"), "3.00"), BigDecimal.ZERO));
        bus.awaitIdle();

        assertThat(analytics.months()).containsExactly(
                Map.entry(YearMonth.of(2025, 1), new BigDecimal("5.00")),
                Map.entry(YearMonth.of(2025, 2), new BigDecimal("2.00")));
        assertThat(analytics.topCountries(5)).containsExactly(new Ranked("France", new BigDecimal("4.00")),
                new Ranked("Spain", new BigDecimal("3.00")));
        assertThat(analytics.topCustomers(1)).containsExactly(new Ranked("20001", new BigDecimal("4.00")));
        assertThat(analytics.topCustomers(5)).extracting(Ranked::name)
                .containsExactly("20001", RevenueAnalytics.UNKNOWN_CUSTOMER);
    }

    @Test
    void adds_up_each_month_of_an_event_and_what_is_deferred_by_customer(TestEventBus bus) {
        Document service = invoice("1").serving(new ServicePeriod(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 3, 31)));
        bus.publish(new RevenueDeferred(service, List.of(), new BigDecimal("9.00")));
        bus.awaitIdle();
        assertThat(analytics.deferred()).containsExactly(Map.entry("20001", new BigDecimal("9.00")));
        assertThat(analytics.months()).isEmpty();
        assertThat(analytics.topCustomers(5)).isEmpty();

        bus.publish(
                new RevenueRecognized(service, List.of(month(1, "4.00"), month(2, "2.00")), new BigDecimal("-6.00")));
        bus.awaitIdle();
        assertThat(analytics.deferred()).containsExactly(Map.entry("20001", new BigDecimal("3.00")));
        assertThat(analytics.months()).containsExactly(Map.entry(YearMonth.of(2026, 1), new BigDecimal("4.00")),
                Map.entry(YearMonth.of(2026, 2), new BigDecimal("2.00")));
        assertThat(analytics.topCountries(5)).containsExactly(new Ranked("France", new BigDecimal("6.00")));

        bus.publish(
                new RevenueReversed(service, List.of(month(1, "-4.00"), month(2, "-2.00")), new BigDecimal("-3.00")));
        bus.awaitIdle();
        assertThat(analytics.deferred()).isEmpty();
        assertThat(analytics.customers()).containsExactly(Map.entry("20001", new BigDecimal("0.00")));
    }

    private static MonthlyAmount month(int month, String amount) {
        return new MonthlyAmount(YearMonth.of(2026, month), new BigDecimal(amount));
    }
}
