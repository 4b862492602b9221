/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.eventfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.examples.revenue.event.Customer;
import dev.eventbus.examples.revenue.event.CustomerCreated;
import dev.eventbus.examples.revenue.event.CustomerDeleted;
import dev.eventbus.examples.revenue.event.CustomerEvent;
import dev.eventbus.examples.revenue.event.CustomerUpdated;
import dev.eventbus.examples.revenue.event.Deadline;
import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceDeleted;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoiceKind;
import dev.eventbus.examples.revenue.event.InvoiceLine;
import dev.eventbus.examples.revenue.event.InvoiceOverdue;
import dev.eventbus.examples.revenue.event.InvoicePaid;
import dev.eventbus.examples.revenue.event.InvoicePaymentReceived;
import dev.eventbus.examples.revenue.event.InvoiceReminderSent;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.event.InvoiceVoided;
import dev.eventbus.examples.revenue.event.MonthlyAmount;
import dev.eventbus.examples.revenue.event.PaymentDue;
import dev.eventbus.examples.revenue.event.PaymentEvent;
import dev.eventbus.examples.revenue.event.PaymentFailed;
import dev.eventbus.examples.revenue.event.PaymentRefunded;
import dev.eventbus.examples.revenue.event.PaymentSucceeded;
import dev.eventbus.examples.revenue.event.RecognitionDue;
import dev.eventbus.examples.revenue.event.ReminderDue;
import dev.eventbus.examples.revenue.event.RevenueAdjusted;
import dev.eventbus.examples.revenue.event.RevenueDeferred;
import dev.eventbus.examples.revenue.event.RevenueEvent;
import dev.eventbus.examples.revenue.event.RevenueRecognized;
import dev.eventbus.examples.revenue.event.RevenueReversed;
import dev.eventbus.examples.revenue.event.ServicePeriod;
import dev.eventbus.testkit.golden.GoldenEvents;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A record that changes breaks this test, and not the reading of event files that were kept. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GoldenTypesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 31);
    private static final Document DOCUMENT = Document.of("536365", InvoiceKind.INVOICE, DAY, "20001", "France");
    private static final Document FULL = DOCUMENT.dueOn(DAY.plusDays(30))
            .serving(new ServicePeriod(DAY, DAY.plusYears(1)));
    private static final List<InvoiceLine> LINES = List.of(new InvoiceLine("10001", "OAK FRAME", -2, pounds("1.250")));
    private static final Customer CUSTOMER = new Customer("20001", "Ada", "ada@example.org", "France");
    private static final List<MonthlyAmount> MONTHS = List.of(new MonthlyAmount(YearMonth.of(2026, 1), pounds("2.50")));

    private static final List<Object> PAYLOADS = List.of(
            new InvoiceCreated(FULL, 1, LINES), new InvoiceUpdated(DOCUMENT, 2, LINES),
            new InvoicePaymentReceived(DOCUMENT, 3, "p-1", pounds("1.00"), pounds("-0.10")),
            new InvoicePaid(DOCUMENT, 4),
            new InvoiceReminderSent(FULL, 5, pounds("1.00")), new InvoiceOverdue(FULL, 6, pounds("1.00")),
            new InvoiceVoided(DOCUMENT, 7), new InvoiceDeleted(DOCUMENT, 8),
            new RevenueRecognized(FULL, MONTHS, pounds("-2.50")), new RevenueDeferred(FULL, List.of(), pounds("30.00")),
            new RevenueAdjusted(DOCUMENT, MONTHS, pounds("0")), new RevenueReversed(DOCUMENT, MONTHS, pounds("0")),
            new CustomerCreated(CUSTOMER), new CustomerUpdated(CUSTOMER), new CustomerDeleted("20001"),
            new PaymentSucceeded("p-1", "536365", pounds("1.00")),
            new PaymentFailed("p-2", "536365", pounds("1.00"), "declined"),
            new PaymentRefunded("p-1", "536365", pounds("1.00")), new ReminderDue("536365"), new PaymentDue("536365"),
            new RecognitionDue("536365", YearMonth.of(2026, 1)), new EventFileEnded(21, "ab".repeat(32)));

    private static BigDecimal pounds(String amount) {
        return new BigDecimal(amount);
    }

    private static EventEnvelope<?> event(Object payload) {
        Metadata metadata = new Metadata(new UUID(0x0198_c0de_0000_7000L, 0x8000_0000_0000_0001L),
                payload.getClass().getSimpleName(), 1, Instant.parse("2026-01-31T09:30:00Z"), "op-1", null, 0, "536365",
                Map.of());
        return EventEnvelope.of(metadata, payload);
    }

    @Test
    void every_type_is_written_and_read_as_its_file_says() {
        Map<String, List<EventEnvelope<?>>> older = GoldenEvents.in(Path.of("src/test/resources/golden"))
                .check(RevenueCodec.create(), PAYLOADS.stream().<EventEnvelope<?>>map(GoldenTypesTest::event).toList());

        assertThat(older).as("versions that are no longer written").isEmpty();
    }

    @Test
    void there_is_a_sample_of_every_type() {
        List<Class<?>> types = Stream.concat(
                Stream.of(InvoiceEvent.class, RevenueEvent.class, CustomerEvent.class, PaymentEvent.class,
                        Deadline.class)
                        .flatMap(family -> Stream.of(family.getPermittedSubclasses())),
                Stream.of(EventFileEnded.class)).toList();

        assertThat(PAYLOADS.stream().<Class<?>>map(Object::getClass)).containsExactlyInAnyOrderElementsOf(types);
    }
}
