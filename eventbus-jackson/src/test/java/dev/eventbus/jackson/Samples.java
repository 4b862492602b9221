/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.EventType;
import dev.eventbus.event.Metadata;
import dev.eventbus.event.Sensitive;
import java.math.BigDecimal;
import java.math.BigInteger;
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
import java.util.UUID;

/** Events of many forms. */
final class Samples {
    static final UUID ID = UUID.fromString("01926b3c-0000-7000-8000-000000000001");
    static final UUID CAUSE = UUID.fromString("01926b3c-0000-7000-8000-000000000002");

    private Samples() {
    }

    enum Region {
        EU, US {
            @Override
            public String toString() {
                return "United States";
            }
        }
    }

    sealed interface Means permits Card, Cash, Means.Voucher {
        record Voucher(String code) implements Means {}
    }

    record Card(String issuer, int lastFour) implements Means {}

    record Cash() implements Means {}

    record Line<T>(T item, BigDecimal price) {}

    sealed interface InvoiceEvent permits InvoiceCreated, InvoicePaid {
        String invoiceId();
    }

    @EventType(name = "invoice.created", version = 3)
    record InvoiceCreated(String invoiceId, BigDecimal amount, String currency) implements InvoiceEvent {
        InvoiceCreated {
            if (amount.signum() <= 0) {
                throw new IllegalArgumentException("amount must be positive, was " + amount);
            }
        }
    }

    @EventType(name = "invoice.paid")
    record InvoicePaid(String invoiceId, Means means, List<Line<Optional<String>>> lines) implements InvoiceEvent {}

    @EventType(name = "card.stored")
    record CardStored(String owner, @Sensitive String number, List<Holder> holders) {
        CardStored {
            if (number != null && number.length() < 4) {
                throw new IllegalArgumentException("number must have 4 digits, was " + number);
            }
        }
    }

    record Holder(@Sensitive String name, @Sensitive int pin, String role) {}

    @EventType(name = "everything")
    record Everything(boolean flag, byte small, short shorter, int number, long big, float single, double wide,
            char letter,
            Integer boxed, String text, BigDecimal amount, BigInteger huge, Region region, Optional<Means> maybe,
            Map<String, List<Line<Means>>> byName, Map<Region, Integer> byRegion, UUID id, Times times,
            Means means) {}

    record Times(Instant instant, LocalDate date, LocalTime time, LocalDateTime local, OffsetDateTime offset,
            ZonedDateTime zoned, Duration duration, Period period, Year year, YearMonth month) {}

    static EventTypes types() {
        return EventTypes.of(InvoiceEvent.class, CardStored.class, Everything.class).key(Region.class)
                .upcast("invoice.created", 1, PayloadChange.rename("total", "amount"))
                .upcast("invoice.created", 2, PayloadChange.defaultValue("currency",
                        tools.jackson.databind.node.StringNode.valueOf("EUR")));
    }

    static <E> EventEnvelope<E> event(String type, int version, E payload) {
        return EventEnvelope
                .of(new Metadata(ID, type, version, Instant.parse("2026-01-31T09:30:00.123456789Z"), "request-7",
                        CAUSE, 2, "INV-1", Map.of("tenant", "acme", "traceparent",
                                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")),
                        payload);
    }

    static EventEnvelope<InvoiceCreated> created() {
        return event("invoice.created", 3, new InvoiceCreated("INV-1", new BigDecimal("99.00"), "EUR"));
    }

    static Metadata withKey(Object key) {
        Metadata metadata = created().metadata();
        return new Metadata(metadata.id(), metadata.type(), metadata.version(), metadata.timestamp(),
                metadata.correlationId(), null, 0, key, Map.of());
    }

    /** The JSON of an event, with single quotes for double ones. */
    static byte[] json(String type, int version, String payload) {
        return quoted("{'id':'" + ID + "','type':'" + type + "','version':" + version
                + ",'timestamp':'2026-01-31T09:30:00Z','correlationId':'c','depth':0,'payload':" + payload + "}");
    }

    static byte[] quoted(String json) {
        return json.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
