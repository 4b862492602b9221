/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.jackson.Samples.Everything;
import dev.eventbus.jackson.Samples.InvoiceCreated;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventDecodeException;
import dev.eventbus.spi.EventEncodeException;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
class CloudEventsCodecTest {
    private final CloudEventsCodec codec = CloudEventsCodec.of(URI.create("/billing"), Samples.types());

    @Nested
    class Modes {
        @Test
        void the_structured_one_is_as_documented() {
            assertThat(new String(codec.encode(Samples.created()), StandardCharsets.UTF_8)).isEqualTo(
                    """
                            {"specversion":"1.0","id":"01926b3c-0000-7000-8000-000000000001","source":"/billing",\
                            "type":"invoice.created","time":"2026-01-31T09:30:00.123456789Z",\
                            "datacontenttype":"application/json",\
                            "eventversion":3,"correlationid":"request-7","causationid":"01926b3c-0000-7000-8000-000000000002",\
                            "eventdepth":2,"partitionkey":"INV-1","tenant":"acme",\
                            "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",\
                            "data":{"invoiceId":"INV-1","amount":99.00,"currency":"EUR"}}""");
            assertThat(codec.contentType()).isEqualTo("application/cloudevents+json");
        }

        @Test
        void random_events_come_back_as_they_were_in_each() throws IOException {
            RandomEvents events = new RandomEvents(7);
            List<EventEnvelope<Everything>> batch = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                EventEnvelope<Everything> event = inOurTime(events.next());
                byte[] data = codec.encode(event);

                assertThat(codec.decode(data).equals(event)).as("event %d", i).isTrue();
                assertThat(codec.decodeParts(codec.encodeParts(event)).equals(List.of(event))).as("parts %d", i)
                        .isTrue();
                if (i % 50 == 0) {
                    batch.add(event);
                    assertThat(codec.decodeAll(new ByteArrayInputStream(data))).isEqualTo(List.of(event));
                    assertThat(codec.decodeAll(new StringReader(new String(data, StandardCharsets.UTF_8))))
                            .isEqualTo(List.of(event));
                }
            }
            assertThat(codec.decodeBatch(codec.encodeBatch(batch))).isEqualTo(batch);
            assertThat(codec.decodeBatch(codec.encodeBatch(List.of()))).isEmpty();
        }

        private EventEnvelope<Everything> inOurTime(EventEnvelope<Everything> event) {
            Metadata m = event.metadata();
            Instant at = Instant.ofEpochSecond(Math.abs(m.timestamp().getEpochSecond()), m.timestamp().getNano());
            return EventEnvelope.of(new Metadata(m.id(), m.type(), m.version(), at, m.correlationId(), m.causationId(),
                    m.depth(), m.key(), m.attributes()), event.payload());
        }

        @Test
        void a_time_beyond_the_year_9999_has_no_form() {
            Metadata m = Samples.created().metadata();
            Metadata late = new Metadata(m.id(), m.type(), m.version(), Instant.parse("+10000-01-01T00:00:00Z"), "c",
                    null, 0,
                    null, Map.of());

            assertThatThrownBy(() -> codec.encode(EventEnvelope.of(late, Samples.created().payload())))
                    .isInstanceOf(EventEncodeException.class).hasMessageContaining("year 10000");
        }

        @Test
        void attributes_of_any_name_are_kept_apart_from_those_of_the_standard() {
            Metadata m = Samples.created().metadata();
            Map<String, String> names = new HashMap<>();
            for (String name : List.of("id", "source", "type", "data", "data_base64", "time", "eventversion", "Tenant",
                    "a b",
                    "abcdefghijklmnopqrstuvwxyz", "tracestate", "empty")) {
                names.put(name, name.equals("empty") ? "" : "of " + name);
            }
            EventEnvelope<?> event = EventEnvelope
                    .of(new Metadata(m.id(), m.type(), m.version(), m.timestamp(), "c", null, 0,
                            null, names), Samples.created().payload());

            assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
            assertThat(codec.encodeParts(event).attributes()).containsEntry("tracestate", "of tracestate")
                    .containsEntry("id", Samples.ID.toString());
        }
    }

    @Nested
    class EventsOfOthers {
        @Test
        void what_has_no_place_in_our_metadata_is_kept_and_written_back() {
            String foreign = """
                    {"specversion":"1.0","id":"A234-1234","source":"https://example.com/x","type":"invoice.created",\
                    "subject":"s","dataschema":"https://example.com/schema","time":"2018-04-05T17:31:00.5+02:00",\
                    "comexampleextension1":"value","comexampleothervalue":5,"yes":true,"eventversion":1,\
                    "datacontenttype":"application/vnd.x+json; charset=utf-8",\
                    "data_base64":"eyJpbnZvaWNlSWQiOiJJIiwidG90YWwiOjEuMH0="}""";

            EventEnvelope<?> event = codec.decode(foreign.getBytes(StandardCharsets.UTF_8));

            assertThat(event.payload()).isEqualTo(new InvoiceCreated("I", new BigDecimal("1.0"), "EUR"));
            assertThat(event.metadata().timestamp()).isEqualTo(Instant.parse("2018-04-05T15:31:00.500Z"));
            assertThat(event.metadata().correlationId()).isEqualTo(event.id().toString());
            assertThat(event.metadata().attributes()).isEqualTo(Map.of("comexampleextension1", "value",
                    "comexampleothervalue", "5", "yes", "true", "cloudevents.id", "A234-1234", "cloudevents.source",
                    "https://example.com/x", "cloudevents.subject", "s", "cloudevents.dataschema",
                    "https://example.com/schema"));
            assertThat(codec.encodeParts(event).attributes()).containsEntry("id", "A234-1234")
                    .containsEntry("subject", "s")
                    .containsEntry("source", "https://example.com/x");
            assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                id | A234
                id | 00000000-0000-0000-0000-000000000000
                id | ''
                source | /billing
                source | ''
                source | /a
                subject | ''
                """)
        void an_attribute_that_is_called_like_theirs_costs_neither_itself_nor_the_id(String name, String value) {
            Metadata m = Samples.created().metadata();
            List<String> values = List.of(value, m.id().toString());

            assertThat(values).allSatisfy(kept -> {
                EventEnvelope<?> event = EventEnvelope
                        .of(new Metadata(m.id(), m.type(), m.version(), m.timestamp(), "c",
                                null, 0, null, Map.of("cloudevents." + name, kept)), Samples.created().payload());
                assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
                assertThat(codec.decodeParts(codec.encodeParts(event))).isEqualTo(List.of(event));
                assertThat(codec.encodeParts(event).attributes()).doesNotContainValue("");
            });
        }

        @Test
        void the_same_id_of_two_sources_is_two_ids() {
            assertThat(id("/a")).isEqualTo(id("/a")).isNotEqualTo(id("/b"));
        }

        private UUID id(String source) {
            return codec.decode(event("'id':'1','source':'" + source + "'", "'data':" + PAYLOAD)).id();
        }

        @Test
        void what_is_no_cloud_event_is_refused() {
            assertRefused(event("'id':'1','source':'/a','specversion':'1.0'", ""), DecodeProblem.DUPLICATE_FIELD,
                    "$.specversion");
            assertRefused(event("'id':'1'", "'data':" + PAYLOAD), DecodeProblem.MISSING_FIELD, "$.source");
            assertRefused(event("'source':'/a'", "'data':" + PAYLOAD), DecodeProblem.MISSING_FIELD, "$.id");
            assertRefused(event("'id':'1','source':''", "'data':" + PAYLOAD), DecodeProblem.WRONG_TYPE, "$.source");
            assertRefused(event("'id':'','source':'/a'", "'data':" + PAYLOAD), DecodeProblem.WRONG_TYPE, "$.id");
            assertRefused(event("'id':'1','source':'/a'", "'x':1"), DecodeProblem.MISSING_FIELD, "$.data");
            assertRefused(event("'id':'1','source':'/a'", "'data':{},'data_base64':''"), DecodeProblem.MISSING_FIELD,
                    "$.data");
            assertRefused(event("'id':'1','source':'/a'", "'data_base64':'*'"), DecodeProblem.WRONG_TYPE,
                    "$.data_base64");
            assertRefused(event("'id':'1','source':'/a'", "'data_base64':'eyJhIjoxLCJhIjoxfQ=='"),
                    DecodeProblem.DUPLICATE_FIELD, "$.a");
            assertRefused(event("'id':'1','source':'/a'", "'datacontenttype':'text/xml','data':{}"),
                    DecodeProblem.WRONG_TYPE,
                    "$.datacontenttype");
            assertRefused(event("'id':'1','source':'/a'", "'ext':{},'data':{}"), DecodeProblem.WRONG_TYPE, "$.ext");
            assertRefused(event("'id':'1','source':'/a'", "'eventdepth':-1,'data':{}"), DecodeProblem.WRONG_TYPE,
                    "$.eventdepth");
            assertRefused(event("'id':'1','source':'/a'", "'eventversion':0,'data':{}"), DecodeProblem.WRONG_TYPE,
                    "$.eventversion");
            assertRefused(event("'id':'1','source':'/a'", "'correlationid':'','data':{}"), DecodeProblem.WRONG_TYPE,
                    "$.correlationid");
            assertRefused(event("'id':'1','source':'/a'", "'partitionkey':'','data':{}"), DecodeProblem.WRONG_TYPE,
                    "$.partitionkey");
            assertRefused(Samples.quoted("{'specversion':'0.3','id':'1','source':'/a'}"), DecodeProblem.UNKNOWN_VERSION,
                    "$.specversion");
        }

        @Test
        void a_batch_is_read_whole_or_not_at_all() {
            byte[] broken = Samples
                    .quoted("[" + new String(codec.encode(Samples.created()), StandardCharsets.UTF_8) + ",{}]");

            assertThatThrownBy(() -> codec.decodeBatch(broken)).isInstanceOf(EventDecodeException.class)
                    .hasMessageContaining("$[1].specversion: must be there");
            assertThatThrownBy(() -> codec.decodeBatch(Samples.quoted("[] 1")))
                    .hasMessageContaining("something follows");
            assertThatThrownBy(() -> codec.decodeBatch(Samples.quoted("{}"))).hasMessageContaining("must be an array");
            assertThatThrownBy(() -> codec.decodeBatch(Samples.quoted("[1,}"))).hasMessageContaining("must be JSON");
        }

        @Test
        void headers_that_are_no_numbers_are_refused() {
            CloudEventParts parts = codec.encodeParts(Samples.created());
            Map<String, String> attributes = new HashMap<>(parts.attributes());
            attributes.put("eventdepth", "deep");

            assertThatThrownBy(() -> codec.decodeParts(new CloudEventParts(attributes, parts.data())))
                    .hasMessageContaining("$.eventdepth: must be a whole number of 32 bits");
            attributes.put("eventdepth", "0");
            attributes.put("id", "x".repeat(5 << 20));
            assertThatThrownBy(() -> codec.decodeParts(new CloudEventParts(attributes, parts.data())))
                    .hasMessageContaining("must have at most 4194304 characters of attributes");
            assertThat(parts).hasToString("CloudEventParts[attributes=" + parts.attributes().keySet() + ", data="
                    + parts.data().length + " bytes]");
        }

        private void assertRefused(byte[] data, DecodeProblem problem, String path) {
            assertThatThrownBy(() -> codec.decodeAll(data)).isInstanceOfSatisfying(EventDecodeException.class,
                    thrown -> {
                        assertThat(thrown.problem()).isEqualTo(problem);
                        assertThat(thrown.path()).isEqualTo(path);
                    });
        }
    }

    private static final String PAYLOAD = "{'invoiceId':'I','total':1}";

    private static byte[] event(String first, String last) {
        return Samples.quoted("{'specversion':'1.0','type':'invoice.created','time':'2026-01-01T00:00:00Z'," + first
                + (last.isEmpty() ? "" : "," + last) + "}");
    }

    @Nested
    class TheirSdk {
        private final JsonFormat sdk = new JsonFormat();

        @Test
        void reads_what_we_write() {
            CloudEvent read = sdk
                    .deserialize(codec.encode(EventEnvelope.of(Samples.withKey(42L), Samples.created().payload())));

            assertThat(read.getId()).isEqualTo(Samples.ID.toString());
            assertThat(read.getSource()).isEqualTo(URI.create("/billing"));
            assertThat(read.getType()).isEqualTo("invoice.created");
            assertThat(Objects.requireNonNull(read.getTime()).toInstant())
                    .isEqualTo(Instant.parse("2026-01-31T09:30:00.123456789Z"));
            assertThat(read.getExtension("eventversion")).isEqualTo(3);
            assertThat(read.getExtension("correlationid")).isEqualTo("request-7");
            assertThat(read.getExtension("partitionkey")).isEqualTo("42");
            assertThat(read.getExtension("keytype")).isEqualTo("long");
            assertThat(new String(Objects.requireNonNull(read.getData()).toBytes(), StandardCharsets.UTF_8))
                    .contains("\"invoiceId\":\"INV-1\"");
        }

        @Test
        void writes_what_we_read() {
            byte[] written = sdk.serialize(CloudEventBuilder.v1().withId("7").withSource(URI.create("/theirs"))
                    .withType("invoice.created").withTime(OffsetDateTime.parse("2026-01-31T10:30:00.000000001+01:00"))
                    .withExtension("eventversion", 3).withExtension("traceparent", "00-1-2-01")
                    .withExtension("ok", true)
                    .withSubject("s").withDataContentType("application/json")
                    .withData("{\"invoiceId\":\"I\",\"amount\":1.50,\"currency\":\"EUR\"}"
                            .getBytes(StandardCharsets.UTF_8))
                    .build());

            EventEnvelope<?> event = codec.decode(written);

            assertThat(event.payload()).isEqualTo(new InvoiceCreated("I", new BigDecimal("1.50"), "EUR"));
            assertThat(event.metadata().timestamp()).isEqualTo(Instant.parse("2026-01-31T09:30:00.000000001Z"));
            assertThat(event.metadata().attributes()).containsEntry("traceparent", "00-1-2-01")
                    .containsEntry("ok", "true")
                    .containsEntry("cloudevents.subject", "s").containsEntry("cloudevents.id", "7");
        }

        @Test
        void hands_back_what_it_got_from_us_without_loss() {
            RandomEvents events = new RandomEvents(11);
            for (int i = 0; i < 500; i++) {
                EventEnvelope<Everything> event = events.next();
                if (event.metadata().timestamp().isBefore(Instant.EPOCH)) {
                    continue;
                }
                assertThat(codec.decode(sdk.serialize(sdk.deserialize(codec.encode(event)))).metadata())
                        .isEqualTo(event.metadata());
            }
        }
    }

    @Test
    void attributes_that_no_publisher_could_set_are_written_in_no_mode() {
        Metadata good = Samples.created().metadata();
        EventEnvelope<?> event = EventEnvelope.of(new Metadata(good.id(), good.type(), good.version(), good.timestamp(),
                good.correlationId(), null, 0, null, Map.of("a\nb", "canary")), Samples.created().payload());

        for (ThrowingCallable written : List.<ThrowingCallable>of(() -> codec.encode(event),
                () -> codec.encodeParts(event), () -> codec.encodeBatch(List.of(Samples.created(), event)))) {
            assertThatThrownBy(written).isInstanceOf(EventEncodeException.class)
                    .hasMessageContaining("attributes could not be read again").hasMessageNotContaining("canary");
        }
    }

    @Test
    void a_source_must_be_given() {
        assertThatThrownBy(() -> CloudEventsCodec.of(URI.create(""), Samples.types()))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("source must not be empty");
    }
}
