/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.event.Metadata;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** How metadata stand beside the payload in one outermost object. Implementations are immutable. */
interface Form {
    /** Name of the field that holds the payload. */
    String payload();

    /** Reads the outermost object. */
    Fields fields(byte[] data, Scan.Range range, InPlace inPlace);

    /** The shape of the payload as far as these fields tell, or null. */
    @Nullable TypeVersion shapeOrNull(Map<String, Object> scalars);

    /** The shape of that name and version, or null if they cannot be such. */
    static @Nullable TypeVersion shapeOrNull(@Nullable Object name, @Nullable Object version) {
        return name instanceof String text && !text.isBlank() && version instanceof Integer number && number >= 1
                ? new TypeVersion(text, number)
                : null;
    }

    /** Where the payload's bytes are; checks what else there is about them. */
    Body body(Fields fields, byte[] data);

    /** Id of the event, or null if it has none. */
    @Nullable UUID idOrNull(Fields fields);

    /** Reads the metadata. */
    Metadata metadata(Fields fields);

    /** Writes the metadata under a shape's name, as fields of an object that is open. */
    void write(JsonGenerator json, Metadata metadata, TypeVersion shape);

    /** Bytes and where in them a payload lies. */
    final class Body {
        private final byte[] data;
        private final Scan.Range range;

        Body(byte[] data, Scan.Range range) {
            this.data = data;
            this.range = range;
        }

        byte[] data() {
            return data;
        }

        Scan.Range range() {
            return range;
        }
    }
}
