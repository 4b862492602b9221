/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.EventType;
import dev.eventbus.event.Metadata;
import dev.eventbus.event.Sensitive;
import dev.eventbus.spi.EventCodec;
import dev.eventbus.spi.EventDecodeException;
import dev.eventbus.testkit.golden.GoldenEvents;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.StringNode;

/** The samples of the README and of docs/testing.md that need this module; core and the test kit look for them here. */
@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
class SnippetsTest {
    sealed interface InvoiceEvent {
        @EventType(name = "invoice.created", version = 3)
        record InvoiceCreated(String invoiceId, BigDecimal amount, String currency) implements InvoiceEvent {}

        @EventType(name = "card.stored")
        record CardStored(String owner, @Sensitive String number) implements InvoiceEvent {}
    }

    enum Region {
        EU
    }

    private final List<String> log = new ArrayList<>();

    private static <E> EventEnvelope<E> event(String type, int version, E payload) {
        return EventEnvelope.of(new Metadata(new UUID(0, 7), type, version, Instant.EPOCH, "request-7", null, 0,
                "INV-1", Map.of()), payload);
    }

    private final EventEnvelope<?> created = event("invoice.created", 3,
            new InvoiceEvent.InvoiceCreated("INV-1", new BigDecimal("99.00"), "EUR"));
    private final EventEnvelope<?> stored = event("card.stored", 1, new InvoiceEvent.CardStored("Ada", "4111"));

    private static EventTypes types() {
        EventTypes types = EventTypes.of(InvoiceEvent.class)
                .key(Region.class)
                .upcast("invoice.created", 1, PayloadChange.rename("total", "amount"))
                .upcast("invoice.created", 2, PayloadChange.defaultValue("currency", StringNode.valueOf("EUR")));
        return types;
    }

    @Test
    void events_as_json() throws IOException {
        EventTypes types = types();
        EventCodec codec = JacksonEventCodec.of(types);

        byte[] json = codec.encode(created);
        EventEnvelope<?> read = codec.decode(json);

        assertThat(read).isEqualTo(created);
        assertThat(types.validate()).isEmpty();
        assertThat(Files.readString(Path.of("../README.md")).replaceAll("\\n *", ""))
                .contains("```json" + new String(json, StandardCharsets.UTF_8) + "```");
    }

    @Test
    void what_a_bus_has_published() {
        List<byte[]> kept = new ArrayList<>();
        EventCodec codec = JacksonEventCodec.of(types());
        try (EventBus bus = EventBus.create("billing")) {
            bus.subscribe("journal", s -> s.onEvent(InvoiceEvent.class, d -> kept.add(codec.encode(d.event()))));
            bus.publish(created.payload());
        }

        assertThat(kept).singleElement().satisfies(json -> {
            assertThat(codec.decode(json).payload()).isEqualTo(created.payload());
        });
    }

    @Test
    void what_is_no_event() {
        EventCodec codec = JacksonEventCodec.of(types());
        byte[] json = new String(codec.encode(created), StandardCharsets.UTF_8).replace("99.00", "\"?\"")
                .getBytes(StandardCharsets.UTF_8);
        try {
            codec.decode(json);
        } catch (EventDecodeException bad) {
            log.add(bad.problem() + " at " + bad.path() + ", " + bad.raw().length + " bytes kept");
        }

        assertThat(log).containsExactly("WRONG_TYPE at $.amount, " + json.length + " bytes kept");
    }

    @Test
    void cloud_events() {
        List<EventEnvelope<?>> events = List.of(created, stored);
        CloudEventsCodec codec = CloudEventsCodec.of(URI.create("/billing"), types());
        byte[] batch = codec.encodeBatch(events);
        CloudEventParts http = codec.encodeParts(created); // attributes for headers, data for the body

        assertThat(codec.decodeBatch(batch)).isEqualTo(events);
        assertThat(codec.decodeParts(http)).containsExactly(created);
    }

    @Test
    void sensitive() {
        DeadLetter letter = new DeadLetter(new UUID(0, 8), stored, "vault", DeadLetterReason.OVERFLOW, List.of(), null,
                Instant.EPOCH);
        log.add(EventDescriber.create().describe(letter));

        assertThat(log).singleElement().asString().endsWith("{\"owner\":\"Ada\",\"number\":\"***\"}")
                .doesNotContain("4111");
    }

    @Test
    void golden_files(@TempDir Path folder) {
        EventCodec codec = JacksonEventCodec.of(types());
        System.setProperty("golden.write", "true");
        try {
            check(folder, codec);
        } catch (AssertionError written) {
            log.add(String.valueOf(written.getMessage()));
        } finally {
            System.clearProperty("golden.write");
        }

        check(folder, codec);
        assertThat(log).singleElement().asString().contains("invoice.created.v3.json was missing and has been written");
    }

    private void check(Path folder, EventCodec codec) {
        GoldenEvents.in(folder).check(codec, List.of(created, stored));
    }
}
