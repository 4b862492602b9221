/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.EventType;
import dev.eventbus.event.Metadata;
import dev.eventbus.spi.EventDecodeException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;

/** A payload that is read where it stands is read as by a pass of its own: the same events, the same faults. */
@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
class InPlaceTest {
    private static final int EVENTS = 10_000;

    private final CodecOptions options = CodecOptions.options();
    private final Registry registry = Samples.types().registry();
    private final JsonMapper mapper = Mappers.mapper(options, new PayloadIntrospector());
    private final Scan scan = new Scan(Mappers.scanner(options));
    private final JsonForm own = new JsonForm(scan, registry, false);
    private final CloudEventForm cloud = new CloudEventForm(scan, registry, mapper, URI.create("/billing"));

    /** A form that says of a payload's shape what the test wants. */
    private record Told(Form form, UnaryOperator<TypeVersion> say) implements Form {
        @Override
        public TypeVersion shapeOrNull(Map<String, Object> scalars) {
            return say.apply(form.shapeOrNull(scalars));
        }

        @Override
        public String payload() {
            return form.payload();
        }

        @Override
        public Fields fields(byte[] data, Scan.Range range, InPlace inPlace) {
            return form.fields(data, range, inPlace);
        }

        @Override
        public Body body(Fields fields, byte[] data) {
            return form.body(fields, data);
        }

        @Override
        public UUID idOrNull(Fields fields) {
            return form.idOrNull(fields);
        }

        @Override
        public Metadata metadata(Fields fields) {
            return form.metadata(fields);
        }

        @Override
        public void write(JsonGenerator json, Metadata metadata, TypeVersion shape) {
            form.write(json, metadata, shape);
        }
    }

    private JsonEvents events(Form form, UnaryOperator<TypeVersion> say) {
        return new JsonEvents(new Told(form, say), new Payloads(registry, mapper), mapper, options.maxBytes());
    }

    private JsonEvents never(Form form) {
        return events(form, shape -> null);
    }

    @Test
    void events_and_faults_are_the_same_in_any_order_of_the_fields() {
        check(own, EVENTS);
    }

    @Test
    void so_are_those_of_cloud_events() {
        check(cloud, EVENTS / 5);
    }

    private void check(Form form, int count) {
        AtomicInteger known = new AtomicInteger();
        JsonEvents inPlace = events(form, shape -> {
            known.addAndGet(shape == null ? 0 : 1);
            return shape;
        });
        Inputs inputs = new Inputs(6, events(form, shape -> shape));
        int read = 0;
        for (int i = 0; i < count; i++) {
            read += compare(inputs.next(), inPlace, never(form));
        }
        assertThat(known.get()).as("payloads behind their type and version").isBetween(count / 5, count * 4 / 5);
        assertThat(read).as("events that could be read").isBetween(count / 5, count * 4 / 5);
    }

    @Test
    void a_shape_that_is_taken_before_it_is_known_is_found() {
        JsonEvents hasty = events(own, shape -> new TypeVersion("invoice.created", 3));
        byte[] other = Samples.json("card.stored", 1, "{'invoiceId':'I','amount':1,'currency':'E'}");

        assertThatThrownBy(() -> compare(other, hasty, never(own))).isInstanceOf(AssertionError.class);
    }

    /** Returns 1 where both read events. */
    private static int compare(byte[] data, JsonEvents one, JsonEvents other) {
        Object read = outcome(data, one);
        Object expected = outcome(data, other);
        if (!read.equals(expected)) {
            throw new AssertionError(new String(data, StandardCharsets.UTF_8) + "\nwas " + read + "\ninstead of "
                    + expected);
        }
        return read instanceof Fault ? 0 : 1;
    }

    private record Fault(String said, UUID id, boolean raw) {}

    private static Object outcome(byte[] data, JsonEvents events) {
        try {
            return events.read(data);
        } catch (EventDecodeException thrown) {
            return new Fault(thrown.problem() + " " + thrown.path() + " " + thrown.text() + " " + thrown.getCause(),
                    thrown.eventId(), Arrays.equals(thrown.raw(), data));
        }
    }

    /** Makes events whose fields stand in any order, a part of them damaged. */
    private static final class Inputs {
        private static final List<EventEnvelope<?>> KINDS = List.of(Samples.created(),
                Samples.event("invoice.paid", 1, new Samples.InvoicePaid("I", new Samples.Cash(), List.of())),
                Samples.event("card.stored", 1,
                        new Samples.CardStored("o", "1234", List.of(new Samples.Holder("n", 1, "r")))));

        private final JsonMapper trees = JsonMapper.builder().build();
        private final Random random;
        private final RandomEvents events;
        private final JsonEvents writer;

        Inputs(long seed, JsonEvents writer) {
            this.random = new Random(seed);
            this.events = new RandomEvents(seed);
            this.writer = writer;
        }

        byte[] next() {
            EventEnvelope<?> event = random.nextInt(4) == 0 ? anyOfOurTime() : KINDS.get(random.nextInt(KINDS.size()));
            List<String> fields = new ArrayList<>();
            trees.readTree(writer.write(event)).properties().forEach(
                    field -> fields.add(trees.writeValueAsString(field.getKey()) + ":" + field.getValue()));
            if (random.nextInt(4) > 0) {
                Collections.shuffle(fields, random);
            }
            int damage = random.nextInt(8);
            if (damage == 0) {
                fields.remove(random.nextInt(fields.size()));
            } else if (damage == 1) {
                fields.add(fields.get(random.nextInt(fields.size())));
            }
            byte[] data = ("{" + String.join(",", fields) + "}").getBytes(StandardCharsets.UTF_8);
            return damage == 2 ? Arrays.copyOf(data, random.nextInt(data.length)) : damage < 6 ? data : damaged(data);
        }

        /** CloudEvents have years of four digits. */
        private EventEnvelope<?> anyOfOurTime() {
            EventEnvelope<?> event = events.next();
            return event.metadata().timestamp().isBefore(Instant.EPOCH) ? anyOfOurTime() : event;
        }

        private byte[] damaged(byte[] data) {
            byte[] with = "0179-,:.{}[]\"\\nutfE \u0080\u00FF".getBytes(StandardCharsets.ISO_8859_1);
            data[random.nextInt(data.length)] = with[random.nextInt(with.length)];
            return data;
        }
    }

    @EventType(name = "counted", version = 2)
    record Counted(int number) {
        static final AtomicInteger MADE = new AtomicInteger();

        Counted {
            MADE.incrementAndGet();
        }
    }

    @Test
    void a_payload_is_made_once_wherever_it_stands_and_never_under_an_unknown_version() {
        JacksonEventCodec codec = JacksonEventCodec.of(EventTypes.of(Counted.class).drop("counted", 1));
        String head = "{'id':'" + Samples.ID + "','timestamp':'2026-01-31T09:30:00Z','correlationId':'c','depth':0";
        for (String rest : List.of("'type':'counted','version':2,'payload':{'number':1}",
                "'type':'counted','payload':{'number':1},'version':2",
                "'version':2,'payload':{'number':1},'type':'counted'")) {
            Counted.MADE.set(0);

            assertThat(codec.decode(Samples.quoted(head + "," + rest + "}")).payload()).isEqualTo(new Counted(1));
            assertThat(Counted.MADE).as(rest).hasValue(2); // and the one that it is compared with
        }
        Counted.MADE.set(0);
        assertThat(codec.decodeAll(Samples.quoted(head + ",'type':'counted','payload':{'number':1},'version':1}")))
                .isEmpty();
        assertThatThrownBy(
                () -> codec.decode(Samples.quoted(head + ",'type':'gone','payload':{'number':1},'version':2}")))
                .hasMessageContaining("not registered");
        assertThat(Counted.MADE).hasValue(0);
    }

    @Test
    void a_missing_version_of_a_cloud_event_is_not_guessed_before_its_end() {
        byte[] behind = Samples.quoted("{'specversion':'1.0','id':'" + Samples.ID
                + "','source':'/s','type':'invoice.created','time':'2026-01-31T09:30:00Z',"
                + "'data':{'invoiceId':'I','amount':1,'currency':'E'},'eventversion':3}");

        assertThat(compare(behind, events(cloud, shape -> shape), never(cloud))).isOne();
    }

    @EventType(name = "own")
    @JsonDeserialize(using = OwnReader.class)
    record Own(int tokens) {}

    /** Reads as many tokens as the first value says, be that too few or too many. */
    private static final class OwnReader extends StdDeserializer<Own> {
        OwnReader() {
            super(Own.class);
        }

        @Override
        public Own deserialize(JsonParser parser, DeserializationContext context) {
            parser.nextToken();
            parser.nextToken();
            int tokens = parser.getIntValue();
            for (int i = 0; i < tokens && parser.nextToken() != null; i++) {
                if (parser.currentToken() == JsonToken.VALUE_NULL) {
                    return new Own(-1);
                }
            }
            return new Own(tokens);
        }
    }

    @Test
    void a_reader_of_the_user_that_stops_too_soon_or_reads_on_takes_nothing_of_the_event_around() {
        JacksonEventCodec codec = JacksonEventCodec.of(EventTypes.of(Own.class));
        List<String> outcomes = new ArrayList<>();
        for (int tokens = 0; tokens < 9; tokens++) {
            String payload = "'payload':{'tokens':" + tokens + "}";
            String rest = "'attributes':{'a':'b'},'id':'" + Samples.ID
                    + "','timestamp':'2026-01-31T09:30:00Z','correlationId':'c','depth':0";
            String names = "'type':'own','version':1";
            String first = said(codec, "{" + payload + "," + rest + "," + names + "}");

            assertThat(said(codec, "{" + names + "," + rest + "," + payload + "}")).isEqualTo(first);
            assertThat(said(codec, "{" + names + "," + payload + "," + rest + "}")).isEqualTo(first);
            outcomes.add(first);
        }
        assertThat(outcomes).anyMatch(said -> said.endsWith("attributes=[a]] Own[tokens=6]"))
                .anyMatch(said -> said.startsWith("$"));
    }

    private static String said(JacksonEventCodec codec, String json) {
        try {
            EventEnvelope<?> event = codec.decode(Samples.quoted(json));
            return event.metadata() + " " + event.payload();
        } catch (EventDecodeException thrown) {
            return thrown.path() + " " + thrown.text();
        }
    }
}
