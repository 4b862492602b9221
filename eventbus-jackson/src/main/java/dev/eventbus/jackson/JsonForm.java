/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.event.Metadata;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.spi.DecodeFinding;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventEncodeException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The library's own form, see {@link JacksonEventCodec}. Immutable. */
record JsonForm(Scan scan, Registry registry, boolean unknownIgnored) implements Form {
    private static final Set<String> NAMES = Set.of("id", "type", "version", "timestamp", "correlationId",
            "causationId",
            "depth", "key", "keyType");

    @Override
    public String payload() {
        return "payload";
    }

    @Override
    public Fields fields(byte[] data, Scan.Range range) {
        return scan.object(data, range, payload(), "attributes");
    }

    @Override
    public Body body(Fields fields, byte[] data) {
        Scan.Range range = fields.payload();
        if (range == null) {
            throw new Undecodable(DecodeProblem.MISSING_FIELD, "$.payload", "must be there");
        }
        return new Body(data, range);
    }

    @Override
    public @Nullable UUID idOrNull(Fields fields) {
        try {
            return fields.scalars().get("id") instanceof String text ? Texts.uuid(text) : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    @Override
    public Metadata metadata(Fields fields) {
        for (String name : fields.scalars().keySet()) {
            if (!unknownIgnored && !NAMES.contains(name)) {
                throw new Undecodable(DecodeProblem.UNKNOWN_FIELD, "$" + Findings.step(name),
                        "is no field of an event");
            }
        }
        String causation = fields.textOrNull("causationId");
        String key = fields.textOrNull("key");
        String keyType = fields.textOrNull("keyType");
        return checked(
                () -> new Metadata(uuid(fields.text("id"), "$.id"), fields.text("type"), fields.number("version"),
                        instant(fields.text("timestamp"), "$.timestamp"), fields.text("correlationId"),
                        causation == null ? null : uuid(causation, "$.causationId"), fields.number("depth"),
                        key == null ? null : new KeyText(keyType, key).key(registry, "$.key"),
                        attributes(fields.texts())));
    }

    /** Makes metadata; what they refuse has the name of the field in front. */
    static Metadata checked(java.util.function.Supplier<Metadata> metadata) {
        try {
            return metadata.get();
        } catch (ConfigurationException refused) {
            String said = String.valueOf(refused.getMessage());
            int space = Math.max(0, said.indexOf(' '));
            String name = said.substring(0, space);
            throw new Undecodable(new DecodeFinding(DecodeProblem.WRONG_TYPE,
                    NAMES.contains(name) ? "$." + name : "$", NAMES.contains(name) ? said.substring(space + 1) : said),
                    null);
        }
    }

    static UUID uuid(String text, String path) {
        try {
            return Texts.uuid(text);
        } catch (IllegalArgumentException malformed) {
            throw new Undecodable(DecodeProblem.WRONG_TYPE, path, "must be a UUID");
        }
    }

    static Instant instant(String text, String path) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException malformed) {
            throw new Undecodable(DecodeProblem.WRONG_TYPE, path,
                    "must be a time in ISO 8601, as 2026-01-31T09:30:00Z");
        }
    }

    /** Holds attributes from outside to what a publisher may set. */
    static Map<String, String> attributes(Map<String, String> given) {
        if (given.size() > PublishOptions.MAX_ATTRIBUTES) {
            throw new Undecodable(DecodeProblem.LIMIT, "$.attributes",
                    "must be at most " + PublishOptions.MAX_ATTRIBUTES);
        }
        given.forEach((name, value) -> PublishOptions.options().attribute(name, value));
        return given;
    }

    /** Refuses attributes that no publisher could have set, since they would be refused when they are read. */
    static void checkWritable(Metadata metadata) {
        try {
            Map<String, String> unused = attributes(metadata.attributes());
        } catch (ConfigurationException | Undecodable refused) {
            throw new EventEncodeException(metadata, "attributes could not be read again: " + refused.getMessage(),
                    null);
        }
    }

    @Override
    public void write(JsonGenerator json, Metadata metadata, TypeVersion shape) {
        checkWritable(metadata);
        json.writeStringProperty("id", metadata.id().toString());
        json.writeStringProperty("type", shape.name());
        json.writeNumberProperty("version", shape.version());
        json.writeStringProperty("timestamp", metadata.timestamp().toString());
        json.writeStringProperty("correlationId", metadata.correlationId());
        UUID causation = metadata.causationId();
        if (causation != null) {
            json.writeStringProperty("causationId", causation.toString());
        }
        json.writeNumberProperty("depth", metadata.depth());
        KeyText key = KeyText.written(metadata, registry);
        if (key != null) {
            json.writeStringProperty("key", key.text());
            if (key.type() != null) {
                json.writeStringProperty("keyType", key.type());
            }
        }
        if (!metadata.attributes().isEmpty()) {
            json.writeName("attributes").writeStartObject();
            new TreeMap<>(metadata.attributes()).forEach(json::writeStringProperty);
            json.writeEndObject();
        }
    }
}
