/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EventEnvelopeTest {
    private static final Metadata METADATA = new Metadata(new UUID(1, 2), "note", 1, Instant.EPOCH, "c", null, 0, null,
            Map.of());

    @Test
    void an_event_can_be_put_together_and_leaves_its_payload_out_of_its_text() {
        EventEnvelope<String> event = EventEnvelope.of(METADATA, "canary");

        assertThat(event.id()).isEqualTo(METADATA.id());
        assertThat(event.metadata()).isSameAs(METADATA);
        assertThat(event.payload()).isEqualTo("canary");
        assertThat(event).isEqualTo(EventEnvelope.of(METADATA, "canary"))
                .isNotEqualTo(EventEnvelope.of(METADATA, "other"));
        assertThat(event).hasToString("Event[id=" + METADATA.id() + ", type=note]");
    }

    @Test
    void both_parts_must_be_there() {
        assertThatThrownBy(() -> EventEnvelope.of(METADATA, null)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("payload must not be null");
        assertThatThrownBy(() -> EventEnvelope.of(null, "x")).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("metadata must not be null");
    }
}
