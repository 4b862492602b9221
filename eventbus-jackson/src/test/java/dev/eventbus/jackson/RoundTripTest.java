/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.spi.EventCodec;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each event is read as it was written, and written again as it was read. */
@Timeout(120)
@DisplayNameGeneration(ReplaceUnderscores.class)
class RoundTripTest {
    private static final int EVENTS = Integer.getInteger("roundtrip.events", 2_000);

    private final EventCodec codec = JacksonEventCodec.of(Samples.types());

    @Test
    @Rule("J-1")
    void random_events_come_back_as_they_were() {
        RandomEvents events = new RandomEvents(20_260_131);
        for (int i = 0; i < EVENTS; i++) {
            check(events.next(), codec, UnaryOperator.identity(), i);
        }
    }

    @Test
    void a_time_cut_to_milliseconds_is_found() {
        RandomEvents events = new RandomEvents(1);
        assertThatThrownBy(() -> {
            for (int i = 0; i < 100; i++) {
                check(events.next(), codec, json -> json.replaceFirst("(\\.\\d{3})\\d+Z", "$1Z"), i);
            }
        }).isInstanceOf(AssertionError.class);
    }

    static void check(EventEnvelope<?> event, EventCodec codec, UnaryOperator<String> onTheWay, int index) {
        byte[] data = codec.encode(event);
        EventEnvelope<?> read = codec.decode(onTheWay.apply(new String(data, java.nio.charset.StandardCharsets.UTF_8))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        if (!read.metadata().equals(event.metadata()) || !read.payload().equals(event.payload())) {
            assertThat(read.metadata()).as("event %d", index).isEqualTo(event.metadata());
            assertThat(read.payload()).as("event %d", index).isEqualTo(event.payload());
        }
        assertThat(java.util.Arrays.equals(codec.encode(read), data) || !onTheWay.equals(UnaryOperator.identity()))
                .as("event %d is written again as it was", index).isTrue();
    }
}
