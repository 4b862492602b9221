/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Reader;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EventCodecTest {
    private static final EventEnvelope<String> EVENT = EventEnvelope.of(
            new Metadata(new UUID(1, 2), "note", 1, Instant.EPOCH, "c", null, 0, null, Map.of()), "canary");

    /** Reads each byte as one event. */
    private static final EventCodec COUNTING = new EventCodec() {
        @Override
        public String contentType() {
            return "application/x-count";
        }

        @Override
        public byte[] encode(EventEnvelope<?> event) {
            return new byte[1];
        }

        @Override
        public List<EventEnvelope<?>> decodeAll(byte[] data) {
            return Collections.nCopies(data.length, EVENT);
        }

        @Override
        public List<EventEnvelope<?>> decodeAll(InputStream in) throws IOException {
            return decodeAll(in.readAllBytes());
        }

        @Override
        public List<EventEnvelope<?>> decodeAll(Reader in) {
            throw new UnsupportedOperationException();
        }
    };

    @Test
    void one_event_is_read_as_one_and_others_are_refused() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        COUNTING.encode(EVENT, out);

        assertThat(COUNTING.decode(out.toByteArray())).isSameAs(EVENT);
        assertThatThrownBy(() -> COUNTING.decode(new byte[2])).isInstanceOfSatisfying(EventDecodeException.class,
                thrown -> {
                    assertThat(thrown.problem()).isEqualTo(DecodeProblem.NOT_ONE);
                    assertThat(thrown.raw()).hasSize(2);
                });
        assertThatThrownBy(() -> COUNTING.decode(new byte[0])).hasMessageContaining("stands for 0 events");
    }

    @Test
    void a_failure_to_decode_says_where_keeps_the_bytes_and_forges_no_line() throws Exception {
        byte[] raw = {1, 2};
        EventDecodeException thrown = new EventDecodeException(new DecodeFinding(DecodeProblem.REJECTED, "$.a\nb",
                "must be\u2028x"), new UUID(1, 2), raw, true, null);
        raw[0] = 9;
        thrown.raw()[1] = 9;

        assertThat(thrown).hasMessage("Event 00000000-0000-0001-0000-000000000002 cannot be decoded: $.a\\u000ab: "
                + "must be\\u2028x");
        assertThat(thrown.path() + thrown.text()).isEqualTo("$.a\\u000abmust be\\u2028x");
        assertThat(thrown.raw()).containsExactly(1, 2);
        assertThat(thrown.isTruncated()).isTrue();
        assertThat(thrown.eventId()).isEqualTo(new UUID(1, 2));
        assertThat(copy(thrown).raw()).containsExactly(1, 2);
        assertThat(new EventDecodeException(new DecodeFinding(DecodeProblem.LIMIT, "$", "x"), null, raw, false, null))
                .hasMessage("Event of unknown id cannot be decoded: $: x");
    }

    @Test
    void a_failure_to_encode_names_the_event_and_not_its_payload() {
        EventEncodeException thrown = new EventEncodeException(EVENT.metadata(), "has no form", null);

        assertThat(thrown)
                .hasMessage("Event 00000000-0000-0001-0000-000000000002 (note) cannot be encoded: has no form");
        assertThat(thrown.eventId()).isEqualTo(EVENT.id());
    }

    private static EventDecodeException copy(EventDecodeException thrown) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ObjectOutputStream(out).writeObject(thrown);
        return (EventDecodeException) new ObjectInputStream(new ByteArrayInputStream(out.toByteArray())).readObject();
    }
}
