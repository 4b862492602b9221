/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.EventType;
import dev.eventbus.jackson.Samples.Card;
import dev.eventbus.jackson.Samples.CardStored;
import dev.eventbus.jackson.Samples.Cash;
import dev.eventbus.jackson.Samples.Everything;
import dev.eventbus.jackson.Samples.Holder;
import dev.eventbus.jackson.Samples.InvoiceCreated;
import dev.eventbus.jackson.Samples.InvoicePaid;
import dev.eventbus.jackson.Samples.Line;
import dev.eventbus.jackson.Samples.Region;
import dev.eventbus.jackson.Samples.Times;
import dev.eventbus.testkit.golden.GoldenEvents;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The form of each sample as it is for ever, and what changes of records a golden file finds. */
@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
class GoldenFilesTest {
    private static final EventEnvelope<InvoiceCreated> CREATED = Samples.created();
    private static final EventEnvelope<InvoicePaid> PAID = Samples.event("invoice.paid", 1, new InvoicePaid("INV-1",
            new Card("Ümlaut & Söhne", 4242), List.of(new Line<>(Optional.of("socks"), new BigDecimal("4.50")),
                    new Line<>(Optional.empty(), null))));

    @TempDir
    private Path folder;

    @Test
    void every_registered_type_has_the_form_that_it_had() {
        JacksonEventCodec codec = JacksonEventCodec.of(Samples.types());

        Map<String, List<EventEnvelope<?>>> older = GoldenEvents.in(Path.of("src/test/resources/golden"))
                .check(codec, List.of(CREATED, PAID, stored(), everything()));

        EventEnvelope<InvoiceCreated> upcast = Samples.event("invoice.created", 3,
                new InvoiceCreated("INV-7", new BigDecimal("7.50"), "EUR"));
        assertThat(older).isEqualTo(Map.of("invoice.created.v1.json", List.of(upcast), "invoice.created.v2.json",
                List.of(upcast)));
    }

    private static EventEnvelope<CardStored> stored() {
        return Samples.event("card.stored", 1, new CardStored("Ada", "4111", List.of(new Holder("A", 1, "owner"))));
    }

    private static EventEnvelope<Everything> everything() {
        Times times = new Times(Instant.EPOCH, LocalDate.EPOCH, LocalTime.NOON, LocalDateTime.of(2026, 1, 31, 9, 30),
                OffsetDateTime.parse("2026-01-31T09:30:00.5+05:45"),
                ZonedDateTime.parse("2026-01-31T09:30:00.123456789+01:00[Europe/Berlin]"), Duration.ofMillis(90_001),
                Period.of(1, 2, 3), Year.of(2026), YearMonth.of(2026, 1));
        return Samples.event("everything", 1, new Everything(true, (byte) -1, (short) 2, 3, 4L << 40, -0.0f, 1e300, 'ä',
                null, "\u2028\u0000\"", new BigDecimal("1.00E+5"), BigInteger.TWO.pow(70), Region.US,
                Optional.of(new Cash()), Map.of("a", List.of(new Line<>(new Cash(), BigDecimal.TEN))),
                Map.of(Region.EU, 1, Region.US, 2), Samples.ID, times, new Samples.Means.Voucher("V")));
    }

    /** As a type is when its first events are kept, and how it may be later without anybody having meant it. */
    private static final class Shapes {
        @EventType(name = "order.paid")
        record Before(String id, BigDecimal amount) {}

        @EventType(name = "order.paid")
        record Renamed(String id, BigDecimal total) {}

        @EventType(name = "order.paid")
        record Rescaled(String id, BigDecimal amount) {
            Rescaled {
                amount = amount.setScale(1);
            }
        }
    }

    private void check(EventTypes types, Object payload, int version) {
        Map<String, List<EventEnvelope<?>>> unused = GoldenEvents.in(folder).check(JacksonEventCodec.of(types),
                List.of(Samples.event("order.paid", version, payload)));
    }

    private void keepFirst() throws IOException {
        Path unused = Files.write(folder.resolve("order.paid.v1.json"), JacksonEventCodec
                .of(EventTypes.of(Shapes.Before.class))
                .encode(Samples.event("order.paid", 1, new Shapes.Before("A-1", new BigDecimal("9.00")))));
        check(EventTypes.of(Shapes.Before.class), new Shapes.Before("A-1", new BigDecimal("9.00")), 1);
    }

    @Test
    void a_renamed_component_is_found() throws IOException {
        keepFirst();
        assertThatThrownBy(() -> check(EventTypes.of(Shapes.Renamed.class),
                new Shapes.Renamed("A-1", new BigDecimal("9.00")), 1)).isInstanceOf(AssertionError.class)
                .hasMessageEndingWith(
                        "  $.payload.amount: was 9.00, is no more%n  $.payload.total: was not there, is 9.00"
                                .formatted());
    }

    @Test
    void a_changed_scale_is_found() throws IOException {
        keepFirst();
        assertThatThrownBy(() -> check(EventTypes.of(Shapes.Rescaled.class),
                new Shapes.Rescaled("A-1", new BigDecimal("9.00")), 1)).isInstanceOf(AssertionError.class)
                .hasMessageEndingWith("  $.payload.amount: was 9.00, is 9.0");
    }

    @Test
    void a_version_whose_step_was_removed_or_leads_elsewhere_is_found() throws IOException {
        keepFirst();
        Files.move(folder.resolve("order.paid.v1.json"), folder.resolve("order.settled.v1.json"));
        Path settled = folder.resolve("order.settled.v1.json");
        Path unused = Files.writeString(settled, Files.readString(settled).replace("order.paid", "order.settled"));
        Shapes.Before paid = new Shapes.Before("A-1", new BigDecimal("9.00"));
        EventTypes present = EventTypes.of(Shapes.Before.class);
        Path same = Files.write(folder.resolve("order.paid.v1.json"), JacksonEventCodec.of(present)
                .encode(Samples.event("order.paid", 1, paid)));

        check(present.rename("order.settled", 1, "order.paid"), paid, 1);
        assertThatThrownBy(() -> check(present, paid, 1)).isInstanceOf(AssertionError.class).hasMessageContaining(
                "order.settled.v1.json cannot be read any more: $ is of type 'order.settled', which is not registered");
        assertThatThrownBy(() -> check(EventTypes.of(Shapes.Before.class, InvoicePaid.class)
                .rename("order.settled", 1, "invoice.paid"), paid, 1)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("order.settled.v1.json cannot be read any more: $.invoiceId must be there");
    }
}
