/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.EventType;
import dev.eventbus.event.Metadata;
import dev.eventbus.event.Sensitive;
import dev.eventbus.jackson.Samples.InvoiceCreated;
import dev.eventbus.jackson.Samples.InvoicePaid;
import dev.eventbus.jackson.Samples.Region;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventDecodeException;
import dev.eventbus.spi.EventEncodeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
class JacksonEventCodecTest {
    @EventType(name = "vault", version = 1)
    record Vault(@Sensitive Word one, @Sensitive List<Word> more) {}

    record Word(String word) {
        Word {
            if (word.length() > 1) {
                throw new IllegalArgumentException("word must have one letter, was " + word);
            }
        }
    }

    private final JacksonEventCodec codec = JacksonEventCodec.of(Samples.types());

    @Nested
    class Form {
        @Test
        void it_is_the_one_that_is_documented() {
            assertThat(new String(codec.encode(Samples.created()), StandardCharsets.UTF_8)).isEqualTo(
                    """
                            {"id":"01926b3c-0000-7000-8000-000000000001","type":"invoice.created","version":3,\
                            "timestamp":"2026-01-31T09:30:00.123456789Z","correlationId":"request-7",\
                            "causationId":"01926b3c-0000-7000-8000-000000000002","depth":2,"key":"INV-1",\
                            "attributes":{"tenant":"acme",\
                            "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},\
                            "payload":{"invoiceId":"INV-1","amount":99.00,"currency":"EUR"}}""");
            assertThat(codec.contentType()).isEqualTo("application/json");
        }

        @Test
        void an_event_is_read_as_it_was_written_on_every_way_in() throws IOException {
            byte[] data = codec.encode(Samples.created());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            codec.encode(Samples.created(), out);

            assertThat(out.toByteArray()).isEqualTo(data);
            assertThat(codec.decode(data)).isEqualTo(Samples.created());
            assertThat(codec.decodeAll(new ByteArrayInputStream(data))).isEqualTo(List.of(Samples.created()));
            assertThat(codec.decodeAll(new StringReader(new String(data, StandardCharsets.UTF_8))))
                    .isEqualTo(List.of(Samples.created()));
        }

        @Test
        void a_key_keeps_its_type() {
            for (Object key : List.of("42", 42L, 42, UUID.randomUUID(), Region.US)) {
                EventEnvelope<?> event = EventEnvelope.of(Samples.withKey(key), Samples.created().payload());

                assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
            }
        }

        @Test
        void an_enum_whose_constants_have_bodies_is_written_by_name_like_any_other() {
            JacksonEventCodec regions = JacksonEventCodec.of(EventTypes.of().type("regions", 1, Regions.class));
            byte[] data = regions.encode(Samples.event("regions", 1, new Regions(Region.US, List.of(Region.EU))));

            assertThat(new String(data, StandardCharsets.UTF_8)).endsWith("""
                    "payload":{"home":"US","others":["EU"]}}""");
            assertThat(regions.decode(data).payload()).isEqualTo(new Regions(Region.US, List.of(Region.EU)));
        }

        record Regions(Region home, List<Region> others) {}

        @Test
        void texts_are_kept_whatever_they_hold() {
            for (String text : List.of("", "a\uD83D", "\uDE00b", "\u0000\u2028\uFEFF\uFFFF", "x".repeat(3 << 20))) {
                EventEnvelope<?> event = Samples.event("invoice.created", 3,
                        new InvoiceCreated(text, BigDecimal.ONE, null));

                assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
            }
        }

        @Test
        void bytes_and_small_numbers_are_kept() {
            JacksonEventCodec blobs = JacksonEventCodec.of(EventTypes.of().type("blob", 1, byte[].class).type("zero", 1,
                    Double.class));

            assertThat(blobs.decode(blobs.encode(Samples.event("blob", 1, new byte[] {0, -1, 127}))).payload())
                    .isEqualTo(new byte[] {0, -1, 127});
            assertThat(blobs.decode(blobs.encode(Samples.event("zero", 1, -0.0d))).payload()).isEqualTo(-0.0d);
        }

        @Test
        void the_payload_may_stand_before_its_type() {
            byte[] data = Samples.quoted("{'payload': {'invoiceId':'I','amount':0.50,'currency':'EUR' } , 'id':'"
                    + Samples.ID
                    + "','type':'invoice.created','version':3,'timestamp':'2026-01-31T09:30:00+01:00','correlationId':'c',"
                    + "'depth':0}");

            assertThat(codec.decode(data).payload())
                    .isEqualTo(new InvoiceCreated("I", new BigDecimal("0.50"), "EUR"));
        }

        @Test
        void a_sealed_component_names_its_class_shortly_and_generics_keep_their_types() {
            InvoicePaid paid = new InvoicePaid("I", new Samples.Means.Voucher("X"),
                    List.of(new Samples.Line<>(Optional.of("a"), new BigDecimal("1.10")),
                            new Samples.Line<>(Optional.empty(), BigDecimal.ONE)));
            byte[] data = codec.encode(Samples.event("invoice.paid", 1, paid));

            assertThat(new String(data, StandardCharsets.UTF_8)).contains(
                    """
                            "means":{"@type":"Voucher","code":"X"},\
                            "lines":[{"item":"a","price":1.10},{"item":null,"price":1}]""");
            assertThat(codec.decode(data).payload()).isEqualTo(paid);
        }

        @Test
        void a_payload_that_is_no_record_can_be_registered_under_a_name() {
            JacksonEventCodec notes = JacksonEventCodec.of(EventTypes.of().type("note", 1, String.class)
                    .type("count", 1, Integer.class));
            EventEnvelope<String> note = Samples.event("note", 1, "grüß \"dich\" \uD83D\uDE00");

            assertThat(notes.decode(notes.encode(note))).isEqualTo(note);
            assertThat(notes.decode(notes.encode(Samples.event("java.lang.Integer", 1, 7))).metadata().type())
                    .isEqualTo("count");
        }
    }

    @Nested
    class Refusals {
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                {'invoiceId':'I','amount':-1,'currency':'EUR'} | REJECTED | $.amount | must be positive, was -1
                {'invoiceId':'I','currency':'EUR'} | MISSING_FIELD | $.amount | must be there
                {'amount':'1','invoiceId':'I'} | WRONG_TYPE | $.amount | must be a value for BigDecimal, was a string
                {'invoiceId':5,'amount':1,'currency':'EUR'} | WRONG_TYPE | $.invoiceId | must be a value for String, was a number
                {'invoiceId':'I','amount':1,'currency':'EUR','x':1} | UNKNOWN_FIELD | $.x | is no field of the type
                [1] | WRONG_TYPE | $ | must be a value for InvoiceCreated, was an array
                null | MISSING_FIELD | $ | must be a payload, was null
                """)
        void a_payload_that_does_not_fit_says_where_and_why(String payload, DecodeProblem problem, String path,
                String text) {
            byte[] data = Samples.json("invoice.created", 3, payload.replace("''", "'"));

            EventDecodeException thrown = refused(data);

            assertThat(thrown.problem()).isEqualTo(problem);
            assertThat(thrown.path()).isEqualTo(path);
            assertThat(thrown.text()).isEqualTo(text);
            assertThat(thrown).hasMessageContaining(path + ": " + text);
            assertThat(thrown.eventId()).isEqualTo(Samples.ID);
            assertThat(thrown.raw()).isEqualTo(data);
            assertThat(thrown.isTruncated()).isFalse();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                'version':3 | 'version':-1 | WRONG_TYPE | $.version | must be >= 1, was -1
                'version':3 | 'version':2147483648 | WRONG_TYPE | $.version | must be a whole number of 32 bits
                'version':3 | 'version':'3' | WRONG_TYPE | $.version | must be a whole number of 32 bits
                'version':3, | `` | MISSING_FIELD | $.version | must be there
                'depth':0 | 'depth':-7 | WRONG_TYPE | $.depth | must be >= 0, was -7
                'depth':0 | 'deep':0 | UNKNOWN_FIELD | $.deep | is no field of an event
                'depth':0 | 'depth':0,'keyType':'enum:Gone','key':'A' | UNKNOWN_TYPE | $.key | must be of a registered type
                'depth':0 | 'depth':0,'keyType':'long','key':'x' | WRONG_TYPE | $.key | must have the form that its type demands
                'depth':0 | 'depth':0,'attributes':{'a':1} | WRONG_TYPE | $.attributes.a | must be a string, was a number
                'depth':0 | 'depth':0,'attributes':{'a':'\\n'} | WRONG_TYPE | $ | attribute value must hold printable
                'depth':0 | 'depth':0,'depth':0 | DUPLICATE_FIELD | $.depth | must not occur twice
                'correlationId':'c' | 'correlationId':'' | WRONG_TYPE | $.correlationId | must not be blank
                2026-01-31T | 2026-02-31T | WRONG_TYPE | $.timestamp | must be a time in ISO 8601, as 2026-01-31T09:30:00Z
                invoice.created | invoice.gone | UNKNOWN_TYPE | $ | is of type 'invoice.gone', which is not registered
                'version':3 | 'version':4 | UNKNOWN_VERSION | $ | is of version 4, which is neither
                'payload' | 'body' | UNKNOWN_FIELD | $.body | is no field of an event
                """)
        void metadata_that_do_not_fit_say_where_and_why(String from, String to, DecodeProblem problem, String path,
                String text) {
            String good = new String(Samples.json("invoice.created", 3, "{'invoiceId':'I','amount':1,'currency':'E'}"),
                    StandardCharsets.UTF_8);
            assertThat(good).contains(from.replace('\'', '"'));

            EventDecodeException thrown = refused(good.replace(from.replace('\'', '"'),
                    to == null ? "" : to.replace('\'', '"')).getBytes(StandardCharsets.UTF_8));

            assertThat(thrown.problem()).isEqualTo(problem);
            assertThat(thrown.path()).isEqualTo(path);
            assertThat(thrown.text()).startsWith(text);
        }

        @Test
        @Rule("J-3")
        void what_is_refused_is_not_quoted() {
            EventDecodeException thrown = refused(Samples.json("invoice.created", 3,
                    "{'invoiceId':{'canary':1},'amount':'canary','currency':'EUR'}"));
            EventDecodeException broken = refused(Samples.quoted("{'id':canary}"));
            EventDecodeException hidden = refused(Samples.json("card.stored", 1,
                    "{'owner':'o','number':'999','holders':[]}"));

            assertThat(thrown.toString()).doesNotContain("canary");
            assertThat(broken.toString()).doesNotContain("canary").contains("must be JSON, is none at byte");
            assertThat(hidden).hasMessageContaining("$.number: was refused by the constructor").hasNoCause();
            assertThat(hidden.toString()).doesNotContain("999");
        }

        @Test
        @Rule("J-3")
        void what_stands_within_a_sensitive_component_is_not_quoted() {
            JacksonEventCodec secretive = JacksonEventCodec.of(EventTypes.of(Vault.class));
            for (String payload : List.of("{'one':{'word':'canary'},'more':[]}",
                    "{'one':{'word':'-'},'more':[{'word':'-'},{'word':'canary'}]}")) {
                EventDecodeException thrown = catchThrowableOfType(EventDecodeException.class,
                        () -> secretive.decode(Samples.json("vault", 1, payload)));

                assertThat(thrown.problem()).isEqualTo(DecodeProblem.REJECTED);
                assertThat(thrown).hasMessageContaining("was refused by the constructor").hasNoCause();
                assertThat(thrown.toString()).doesNotContain("canary");
            }
        }

        @Test
        void a_constructor_deep_inside_is_named_by_its_place() {
            EventDecodeException thrown = refused(Samples.json("invoice.paid", 1,
                    "{'invoiceId':'I','means':{'@type':'Cash'},'lines':[{'item':null,'price':1},{'item':'a','price':true}]}"));

            assertThat(thrown.path()).isEqualTo("$.lines[1].price");
        }

        @ParameterizedTest
        @ValueSource(strings = {"2147483648", "-2147483649", "99999999999999999999"})
        void a_number_beyond_the_range_of_its_component_is_of_the_wrong_type(String number) {
            EventDecodeException thrown = refused(Samples.json("invoice.paid", 1,
                    "{'invoiceId':'I','means':{'@type':'Card','issuer':'A','lastFour':" + number + "},'lines':[]}"));

            assertThat(thrown.problem()).isEqualTo(DecodeProblem.WRONG_TYPE);
            assertThat(thrown.path()).isEqualTo("$.means.lastFour");
            assertThat(thrown.text()).isEqualTo("must be a value for int, within its range");
        }

        @Test
        void a_class_in_the_place_of_a_permitted_name_is_refused() {
            EventDecodeException thrown = refused(Samples.json("invoice.paid", 1,
                    "{'invoiceId':'I','means':{'@type':'dev.eventbus.jackson.Samples$Cash'},'lines':[]}"));

            assertThat(thrown.problem()).isEqualTo(DecodeProblem.WRONG_TYPE);
            assertThat(thrown.path()).startsWith("$.means");
        }

        @Test
        void unknown_fields_are_ignored_by_choice_but_still_checked_for_names_that_occur_twice() {
            JacksonEventCodec lenient = JacksonEventCodec.of(Samples.types(),
                    CodecOptions.options().ignoreUnknownFields());
            byte[] more = Samples.json("invoice.created", 3,
                    "{'invoiceId':'I','amount':1,'x':{'y':[1]},'currency':'EUR'},'z':[{}]");
            byte[] twice = Samples.json("invoice.created", 3,
                    "{'invoiceId':'I','amount':1,'x':{'y':1,'y':2},'currency':'EUR'}");

            assertThat(lenient.decode(more).payload()).isInstanceOf(InvoiceCreated.class);
            assertThatThrownBy(() -> lenient.decode(twice)).isInstanceOf(EventDecodeException.class)
                    .hasMessageContaining("$.payload.x.y: must not occur twice");
        }

        private EventDecodeException refused(byte[] data) {
            return catchThrowableOfType(EventDecodeException.class, () -> codec.decode(data));
        }
    }

    @Nested
    class Encoding {
        @Test
        @Rule("J-1")
        void what_could_not_be_read_again_is_not_written() {
            assertThatThrownBy(() -> codec.encode(Samples.event("x", 1, "text")))
                    .isInstanceOf(EventEncodeException.class)
                    .hasMessageContaining("java.lang.String is not registered");
            assertThatThrownBy(() -> codec.encode(Samples.event("invoice.created", 2, Samples.created().payload())))
                    .isInstanceOf(EventEncodeException.class)
                    .hasMessageContaining("registered as invoice.created version 3");
            assertThatThrownBy(() -> codec.encode(EventEnvelope.of(Samples.withKey(Thread.State.NEW),
                    Samples.created().payload()))).hasMessageContaining("EventTypes.key");
            assertThatThrownBy(() -> codec.encode(Samples.event("invoice.created", 3,
                    new InvoiceCreated("x".repeat(5 << 20), BigDecimal.ONE, "EUR"))))
                    .hasMessageContaining("at most 4194304");
        }

        @Test
        void a_key_of_a_map_that_could_not_be_read_again_is_not_written() {
            JacksonEventCodec maps = JacksonEventCodec.of(EventTypes.of().type("plain", 1, Plain.class));

            for (String key : List.of("a\uD83D", "\uDE00", "x".repeat(1_025))) {
                assertThatThrownBy(() -> maps.encode(Samples.event("plain", 1, new Plain(Map.of(key, 1)))))
                        .isInstanceOf(EventEncodeException.class).hasMessageContaining("has no form in JSON");
            }
        }

        @Test
        void a_class_that_would_be_told_apart_by_class_names_is_refused() {
            assertThatThrownBy(() -> JacksonEventCodec.of(EventTypes.of(Boxed.class)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("values of java.lang.Object must not be told apart by class names (CLASS)");
        }

        @EventType(name = "boxed")
        record Boxed(
                @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object any) {}
    }

    @Test
    void metadata_as_they_come_from_the_bus_of_an_unnamed_class_get_the_registered_name() {
        EventTypes given = EventTypes.of().type("plain", 2, Plain.class).drop("plain", 1);
        JacksonEventCodec plain = JacksonEventCodec.of(given);
        Metadata metadata = plain
                .decode(plain.encode(Samples.event(Plain.class.getName(), 1, new Plain(Map.of("b", 1, "a", 2)))))
                .metadata();

        assertThat(metadata.type() + " " + metadata.version()).isEqualTo("plain 2");
    }

    record Plain(Map<String, Integer> counts) {}
}
