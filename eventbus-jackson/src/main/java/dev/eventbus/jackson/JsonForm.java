/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.event.Metadata;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventEncodeException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/** The library's own form, see {@link JacksonEventCodec}. Immutable. */
record JsonForm(Scan scan, Registry registry, boolean unknownIgnored) implements Form {
    private static final SerializableString ID = new SerializedString("id");
    private static final SerializableString TYPE = new SerializedString("type");
    private static final SerializableString VERSION = new SerializedString("version");
    private static final SerializableString TIMESTAMP = new SerializedString("timestamp");
    private static final SerializableString CORRELATION_ID = new SerializedString("correlationId");
    private static final SerializableString CAUSATION_ID = new SerializedString("causationId");
    private static final SerializableString DEPTH = new SerializedString("depth");
    private static final SerializableString KEY = new SerializedString("key");
    private static final SerializableString KEY_TYPE = new SerializedString("keyType");
    private static final SerializableString ATTRIBUTES = new SerializedString("attributes");
    private static final Set<String> NAMES = Set.of("id", "type", "version", "timestamp", "correlationId",
            "causationId", "depth", "key", "keyType");
    private static final Map<String, String> SAME_NAMES = NAMES.stream()
            .collect(Collectors.toUnmodifiableMap(name -> name, name -> name));

    @Override
    public String payload() {
        return "payload";
    }

    @Override
    public Fields fields(byte[] data, Scan.Range range, InPlace inPlace) {
        return scan.object(data, range, payload(), "attributes", inPlace);
    }

    @Override
    public @Nullable TypeVersion shapeOrNull(Map<String, Object> scalars) {
        return Form.shapeOrNull(scalars.get("type"), scalars.get("version"));
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
        return checked(SAME_NAMES,
                () -> new Metadata(uuid(fields.text("id"), "$.id"), fields.text("type"), fields.number("version"),
                        instant(fields.text("timestamp"), "$.timestamp"), fields.text("correlationId"),
                        causation == null ? null : uuid(causation, "$.causationId"), fields.number("depth"),
                        key == null ? null : new KeyText(keyType, key).key(registry, "$.key"),
                        attributes(fields.texts())));
    }

    /** Makes metadata; what they refuse has the name of the component in front, which the form may name otherwise. */
    static Metadata checked(Map<String, String> names, Supplier<Metadata> metadata) {
        try {
            return metadata.get();
        } catch (ConfigurationException refused) {
            String said = String.valueOf(refused.getMessage());
            int space = Math.max(0, said.indexOf(' '));
            String name = names.get(said.substring(0, space));
            throw new Undecodable(DecodeProblem.WRONG_TYPE, name == null ? "$" : "$." + name,
                    name == null ? said : said.substring(space + 1));
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
            Instant read = TimeText.read(text);
            return read == null ? Instant.parse(text) : read;
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
        given.forEach((name, value) -> {
            if (!Texts.isPlainName(name) || !Texts.isPlain(value)) {
                PublishOptions.options().attribute(name, value);
            }
        });
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
        ascii(json, ID, metadata.id().toString());
        json.writeName(TYPE).writeString(shape.name());
        json.writeName(VERSION).writeNumber(shape.version());
        ascii(json, TIMESTAMP, TimeText.of(metadata.timestamp()));
        json.writeName(CORRELATION_ID).writeString(metadata.correlationId());
        UUID causation = metadata.causationId();
        if (causation != null) {
            ascii(json, CAUSATION_ID, causation.toString());
        }
        json.writeName(DEPTH).writeNumber(metadata.depth());
        KeyText key = KeyText.written(metadata, registry);
        if (key != null) {
            json.writeName(KEY).writeString(key.text());
            if (key.type() != null) {
                json.writeName(KEY_TYPE).writeString(key.type());
            }
        }
        if (!metadata.attributes().isEmpty()) {
            json.writeName(ATTRIBUTES).writeStartObject();
            sorted(metadata.attributes(), json);
            json.writeEndObject();
        }
    }

    /** Writes what is known to need no escape, which spares a look at each character. */
    private static void ascii(JsonGenerator json, SerializableString name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        json.writeName(name).writeRawUTF8String(bytes, 0, bytes.length);
    }

    private static void sorted(Map<String, String> attributes, JsonGenerator json) {
        String[] names = attributes.keySet().toArray(new String[0]);
        Arrays.sort(names);
        for (String name : names) {
            json.writeStringProperty(name, attributes.get(name));
        }
    }
}
