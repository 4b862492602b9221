/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.EventType;
import dev.eventbus.event.Metadata;
import dev.eventbus.jackson.CloudEventsCodec;
import dev.eventbus.jackson.EventTypes;
import dev.eventbus.jackson.JacksonEventCodec;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A typical event, as an envelope of ours and as a record that holds the same fields itself. Stateless. */
final class InvoiceSample {
    private InvoiceSample() {
    }

    /** Of which sort a line is. */
    enum Kind {
        GOODS, SERVICE
    }

    /** Whom the invoice is for. */
    record Customer(String name, String country) {}

    /** What is charged. */
    record Line(String item, int quantity, BigDecimal price) {}

    /** The payload. */
    @EventType(name = "invoice.created")
    record Invoice(String invoiceId, BigDecimal amount, Instant createdAt, LocalDate due, Kind kind, Customer customer,
            List<Line> lines) {}

    /** What Jackson alone would be given to write the same. */
    record Whole(UUID id, String type, int version, Instant timestamp, String correlationId, UUID causationId,
            int depth, String key, Map<String, String> attributes, Invoice payload) {}

    static Invoice invoice() {
        return new Invoice("INV-2026-004711", new BigDecimal("1249.90"), Instant.parse("2026-01-31T09:30:00.123456Z"),
                LocalDate.of(2026, 2, 28), Kind.GOODS, new Customer("Muster GmbH", "DE"),
                List.of(new Line("Desk, oak", 2, new BigDecimal("499.95")),
                        new Line("Lamp", 5, new BigDecimal("50.00"))));
    }

    static EventEnvelope<Invoice> event() {
        return EventEnvelope.of(new Metadata(UUID.fromString("01926b3c-5a1e-7c41-8b0f-3d5e9a7c1f22"), "invoice.created",
                1, Instant.parse("2026-01-31T09:30:00.125Z"), "01926b3c-5a1d-7c40-9b0f-3d5e9a7c1f21",
                UUID.fromString("01926b3c-5a1d-7c40-9b0f-3d5e9a7c1f21"), 1, "INV-2026-004711",
                Map.of("tenant", "acme", "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")),
                invoice());
    }

    static Whole whole() {
        Metadata metadata = event().metadata();
        return new Whole(metadata.id(), metadata.type(), metadata.version(), metadata.timestamp(),
                metadata.correlationId(), UUID.fromString("01926b3c-5a1d-7c40-9b0f-3d5e9a7c1f21"), metadata.depth(),
                "INV-2026-004711", metadata.attributes(), invoice());
    }

    static JacksonEventCodec codec() {
        return JacksonEventCodec.of(EventTypes.of(Invoice.class));
    }

    static CloudEventsCodec cloudEvents() {
        return CloudEventsCodec.of(URI.create("/billing"), EventTypes.of(Invoice.class));
    }
}
