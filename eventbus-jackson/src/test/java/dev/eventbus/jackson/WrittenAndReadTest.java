/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.EventType;
import dev.eventbus.event.Metadata;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventCodec;
import dev.eventbus.spi.EventDecodeException;
import dev.eventbus.spi.EventEncodeException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

/** What is written is read as it was, whatever else a payload has and whatever its attributes are called, or is not written. */
@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
class WrittenAndReadTest {
    @EventType(name = "order")
    record Order(List<String> items, BigDecimal net, BigDecimal tax) {
        public boolean isEmpty() {
            return items.isEmpty();
        }

        public BigDecimal getTotal() {
            return net.add(tax);
        }

        public BigDecimal getNet() {
            return net.negate();
        }
    }

    @EventType(name = "plan")
    record Plan(Way way) {}

    sealed interface Way permits Land.Straight, Sea.Straight {}

    static final class Land {
        record Straight(int metres) implements Way {}
    }

    static final class Sea {
        record Straight(int metres) implements Way {}
    }

    @EventType(name = "sums")
    record Sums(List<Integer> all, BigDecimal total, Object more) {}

    @EventType(name = "own")
    @JsonDeserialize(using = Unreadable.class)
    @JsonSerialize(using = Unwritable.class)
    record Own(int a) {}

    private static final class Unreadable extends StdDeserializer<Own> {
        Unreadable() {
            super(Own.class);
        }

        @Override
        public Own deserialize(JsonParser parser, DeserializationContext context) {
            throw new IllegalStateException("canary");
        }
    }

    private static final class Unwritable extends StdSerializer<Own> {
        Unwritable() {
            super(Own.class);
        }

        @Override
        public void serialize(Own value, JsonGenerator json, SerializationContext context) {
            throw new IllegalStateException("canary");
        }
    }

    private final EventTypes types = EventTypes.of(Order.class, Sums.class, Own.class);
    private final JacksonEventCodec codec = JacksonEventCodec.of(types);
    private final CloudEventsCodec cloud = CloudEventsCodec.of(URI.create("/billing"), types);

    private static Sums sums(List<Integer> all, BigDecimal total) {
        return new Sums(all, total, "");
    }

    @Test
    @Rule("J-1")
    void a_record_is_its_components_and_not_what_its_methods_make_of_them() {
        EventEnvelope<Order> event = Samples.event("order", 1,
                new Order(List.of("a"), BigDecimal.ONE, new BigDecimal("0.20")));

        assertThat(new String(codec.encode(event), StandardCharsets.UTF_8))
                .endsWith("\"payload\":{\"items\":[\"a\"],\"net\":1,\"tax\":0.20}}");
        assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
    }

    @Test
    @Rule("J-1")
    void a_sealed_type_that_permits_two_classes_of_one_name_is_refused() {
        assertThatThrownBy(() -> JacksonEventCodec.of(EventTypes.of(Plan.class)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'Straight' is taken twice, by " + Land.Straight.class.getName() + " and "
                        + Sea.Straight.class.getName());
    }

    @Test
    @Rule("J-1")
    void what_is_beyond_the_bounds_of_the_reader_is_not_written() {
        for (Sums beyond : List.of(sums(Collections.nCopies(200_001, 7), BigDecimal.ONE),
                sums(List.of(), new BigDecimal("7".repeat(1_001))),
                sums(List.of(), new BigDecimal("7".repeat(600) + "." + "7".repeat(600))))) {
            EventEnvelope<Sums> event = Samples.event("sums", 1, beyond);

            for (EventCodec one : List.of(codec, cloud)) {
                assertThatThrownBy(() -> one.encode(event)).isInstanceOf(EventEncodeException.class)
                        .hasMessageContaining("could not be read again");
            }
            assertThatThrownBy(() -> cloud.encodeParts(event)).isInstanceOf(EventEncodeException.class);
        }
        EventEnvelope<Sums> within = Samples.event("sums", 1, new Sums(Collections.nCopies(150_000, 7),
                new BigDecimal("7".repeat(1_000)), "7".repeat(5_000)));
        assertThat(codec.decode(codec.encode(within))).isEqualTo(within);
    }

    @Test
    @Rule("J-1")
    void a_batch_that_could_not_be_read_again_is_not_written() {
        EventEnvelope<Sums> event = Samples.event("sums", 1, sums(Collections.nCopies(150_000, 7), BigDecimal.ONE));
        EventEnvelope<Sums> deep = Samples.event("sums", 1, new Sums(List.of(), BigDecimal.ONE, nested(98)));

        assertThat(cloud.decode(cloud.encode(deep))).isEqualTo(deep);
        for (List<EventEnvelope<Sums>> batch : List.of(List.of(event, event), List.of(deep))) {
            assertThatThrownBy(() -> cloud.encodeBatch(batch)).isInstanceOf(EventEncodeException.class)
                    .hasMessageContaining("could not be read again");
        }
    }

    private static Object nested(int levels) {
        Object inner = List.of();
        for (int i = 1; i < levels; i++) {
            inner = List.of(inner);
        }
        return inner;
    }

    @Test
    @Rule("J-3")
    void what_a_reader_or_writer_of_the_user_throws_has_the_type_of_the_codec() {
        assertThatThrownBy(() -> codec.decode(Samples.json("own", 1, "{'a':1}")))
                .isInstanceOfSatisfying(EventDecodeException.class, thrown -> {
                    assertThat(thrown.problem()).isEqualTo(DecodeProblem.WRONG_TYPE);
                    assertThat(thrown.toString()).doesNotContain("canary");
                });
        assertThatThrownBy(() -> codec.encode(Samples.event("own", 1, new Own(1))))
                .isInstanceOf(EventEncodeException.class).hasMessageNotContaining("canary");
        assertThatThrownBy(() -> cloud.encodeParts(Samples.event("own", 1, new Own(1))))
                .isInstanceOf(EventEncodeException.class);
    }

    @Test
    @Rule("J-3")
    void a_number_beyond_all_bounds_in_an_older_version_is_no_event() {
        JacksonEventCodec older = JacksonEventCodec.of(EventTypes.of().type("order", 2, Order.class)
                .upcast("order", 1, payload -> payload));

        assertThatThrownBy(() -> older.decode(Samples.json("order", 1, "{'net':1e99999999999}")))
                .isInstanceOf(EventDecodeException.class).hasMessageNotContaining("99999");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            cloudevents.id, A-1
            cloudevents.id, ''
            cloudevents.id, 01926b3c-0000-7000-8000-000000000001
            cloudevents.id, 01926B3C-0000-7000-8000-000000000001
            cloudevents.source, /billing
            cloudevents.source, /other
            cloudevents.source, ''
            cloudevents.subject, ''
            cloudevents.subject, s
            cloudevents.time, t
            cloudevents., x
            eventattributes, x
            partitionkey, x
            database64, x
            data_base64, x
            TraceParent, x
            """)
    @Rule("J-1")
    void an_attribute_is_kept_whatever_a_publisher_called_it(String name, String value) {
        EventEnvelope<Order> event = withAttributes(Map.of(name, value));

        assertThat(cloud.decode(cloud.encode(event))).isEqualTo(event);
        assertThat(cloud.decodeParts(cloud.encodeParts(event))).isEqualTo(List.of(event));
        assertThat(cloud.decodeBatch(cloud.encodeBatch(List.of(event)))).isEqualTo(List.of(event));
    }

    private static EventEnvelope<Order> withAttributes(Map<String, String> attributes) {
        Metadata m = Samples.created().metadata();
        return EventEnvelope.of(new Metadata(m.id(), "order", 1, m.timestamp(), "c", null, 0, null, attributes),
                new Order(List.of(), BigDecimal.ONE, BigDecimal.ONE));
    }

    @Test
    @Rule("J-1")
    void the_parts_of_a_foreign_event_keep_ids_of_their_own() {
        CloudEventsCodec splitting = CloudEventsCodec.of(URI.create("/billing"), types.split("orders", 1,
                Set.of(new TypeVersion("order", 1)), tree -> List.of(new EventTree(new TypeVersion("order", 1), tree),
                        new EventTree(new TypeVersion("order", 1), tree))));
        List<EventEnvelope<?>> parts = splitting.decodeAll(Samples.quoted("{'specversion':'1.0','id':'A-1',"
                + "'source':'/theirs','type':'orders','time':'2026-01-01T00:00:00Z','data':{'items':[],'net':1,'tax':0}}"));

        assertThat(parts).extracting(EventEnvelope::id).doesNotHaveDuplicates().hasSize(2);
        assertThat(splitting.decodeBatch(splitting.encodeBatch(parts))).isEqualTo(parts);
    }
}
