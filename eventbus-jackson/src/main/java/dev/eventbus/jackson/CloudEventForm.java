/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.event.Metadata;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventEncodeException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** CloudEvents 1.0, see {@link CloudEventsCodec}. Immutable. */
record CloudEventForm(Scan scan, Registry registry, JsonMapper mapper, URI source) implements Form {
    /** Attributes of the standard that have no place in our metadata are kept under this prefix. */
    private static final String FOREIGN = "cloudevents.";

    private static final Set<String> CARRIED = Set.of("subject", "dataschema");
    private static final Set<String> OWN = Set.of("eventversion", "correlationid", "causationid", "eventdepth",
            "partitionkey", "keytype", "eventattributes");
    private static final Set<String> STANDARD = Set.of("specversion", "id", "source", "type", "time", "datacontenttype",
            "dataschema", "subject", "data");
    private static final Map<String, String> NAMES = Map.of("type", "type", "version", "eventversion", "correlationId",
            "correlationid", "depth", "eventdepth", "key", "partitionkey");
    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,20}");

    @Override
    public String payload() {
        return "data";
    }

    @Override
    public Fields fields(byte[] data, Scan.Range range, InPlace inPlace) {
        return scan.object(data, range, payload(), null, inPlace);
    }

    @Override
    public @Nullable TypeVersion shapeOrNull(Map<String, Object> scalars) {
        return Form.shapeOrNull(scalars.get("type"), scalars.get("eventversion"));
    }

    @Override
    public Body body(Fields fields, byte[] data) {
        String contentType = fields.textOrNull("datacontenttype");
        if (contentType != null && !isJson(contentType)) {
            throw new Undecodable(DecodeProblem.WRONG_TYPE, "$.datacontenttype", "must be a type of JSON");
        }
        Scan.Range range = fields.payload();
        String base64 = fields.textOrNull("data_base64");
        if ((range == null) == (base64 == null)) {
            throw new Undecodable(DecodeProblem.MISSING_FIELD, "$.data", "must be there, or data_base64 in its place");
        }
        return range == null ? decoded(String.valueOf(base64)) : new Body(data, range);
    }

    private static boolean isJson(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
        return type.endsWith("/json") || type.endsWith("+json");
    }

    private Body decoded(String base64) {
        try {
            byte[] data = Base64.getDecoder().decode(base64);
            scan.value(data);
            return new Body(data, new Scan.Range(0, data.length));
        } catch (IllegalArgumentException malformed) {
            throw new Undecodable(DecodeProblem.WRONG_TYPE, "$.data_base64", "must be Base64");
        }
    }

    @Override
    public @Nullable UUID idOrNull(Fields fields) {
        return fields.scalars().get("id") instanceof String text && !text.isEmpty()
                && fields.scalars().get("source") instanceof String from ? id(text, from) : null;
    }

    /** An id of somebody else is unique with its source alone, and need not be a UUID. */
    private static UUID id(String text, String from) {
        try {
            return Texts.uuid(text);
        } catch (IllegalArgumentException foreign) {
            return UUID.nameUUIDFromBytes((from + " " + text).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public Metadata metadata(Fields fields) {
        if (!fields.text("specversion").equals("1.0")) {
            throw new Undecodable(DecodeProblem.UNKNOWN_VERSION, "$.specversion", "must be 1.0");
        }
        UUID id = id(filled(fields, "id"), filled(fields, "source"));
        String correlation = fields.textOrNull("correlationid");
        String causation = fields.textOrNull("causationid");
        String key = fields.textOrNull("partitionkey");
        KeyText text = key == null ? null : new KeyText(fields.textOrNull("keytype"), key);
        return JsonForm.checked(NAMES, () -> new Metadata(id, fields.text("type"), number(fields, "eventversion", 1),
                JsonForm.instant(fields.text("time"), "$.time"), correlation == null ? id.toString() : correlation,
                causation == null ? null : JsonForm.uuid(causation, "$.causationid"), number(fields, "eventdepth", 0),
                text == null ? null : text.key(registry, "$.partitionkey"), attributes(fields)));
    }

    private static String filled(Fields fields, String name) {
        String text = fields.text(name);
        if (text.isEmpty()) {
            throw new Undecodable(DecodeProblem.WRONG_TYPE, "$." + name, "must not be empty");
        }
        return text;
    }

    private static int number(Fields fields, String name, int absent) {
        return fields.scalars().containsKey(name) ? fields.number(name) : absent;
    }

    private Map<String, String> attributes(Fields fields) {
        Map<String, String> attributes = new HashMap<>();
        fields.scalars().forEach((name, value) -> {
            if (!STANDARD.contains(name) && !OWN.contains(name) && !name.equals("data_base64")) {
                attributes.put(name, extension(name, value));
            }
        });
        String others = fields.textOrNull("eventattributes");
        if (others != null) {
            attributes.putAll(scan.texts(others.getBytes(StandardCharsets.UTF_8)));
        }
        CARRIED.forEach(name -> keep(name, fields.textOrNull(name), attributes));
        if (!fields.text("source").equals(source.toString())) {
            keep("source", fields.text("source"), attributes);
        }
        if (!id(fields.text("id"), fields.text("source")).toString().equals(fields.text("id"))) {
            keep("id", fields.text("id"), attributes);
        }
        return JsonForm.attributes(attributes);
    }

    private static String extension(String name, Object value) {
        if (value.equals(Fields.OTHER)) {
            throw new Undecodable(DecodeProblem.WRONG_TYPE, "$" + Findings.step(name),
                    "must be a string, a truth or a whole number of 32 bits");
        }
        return value.toString();
    }

    private static void keep(String name, @Nullable String value, Map<String, String> attributes) {
        if (value != null) {
            attributes.put(FOREIGN + name, value);
        }
    }

    @Override
    public void write(JsonGenerator json, Metadata metadata, TypeVersion shape) {
        attributes(metadata, shape).forEach((name, value) -> {
            if (value instanceof Integer number) {
                json.writeNumberProperty(name, number);
            } else {
                json.writeStringProperty(name, value.toString());
            }
        });
    }

    /** The attributes of an event by their names in CloudEvents: strings, and integers. */
    Map<String, Object> attributes(Metadata metadata, TypeVersion shape) {
        JsonForm.checkWritable(metadata);
        Map<String, String> given = metadata.attributes();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("specversion", "1.0");
        String from = foreignSource(given);
        attributes.put("id", foreignId(metadata, from));
        attributes.put("source", from);
        attributes.put("type", shape.name());
        attributes.put("time", time(metadata));
        attributes.put("datacontenttype", "application/json");
        attributes.put("eventversion", shape.version());
        attributes.put("correlationid", metadata.correlationId());
        if (metadata.causationId() != null) {
            attributes.put("causationid", metadata.causationId().toString());
        }
        attributes.put("eventdepth", metadata.depth());
        KeyText key = KeyText.written(metadata, registry);
        if (key != null) {
            attributes.put("partitionkey", key.text());
            if (key.type() != null) {
                attributes.put("keytype", key.type());
            }
        }
        extensions(given, attributes);
        return attributes;
    }

    private String foreignSource(Map<String, String> given) {
        String kept = given.getOrDefault(FOREIGN + "source", "");
        return kept.isEmpty() ? source.toString() : kept;
    }

    /** The id that was kept, unless it is of another event: set by a publisher, or of a whole that was split. */
    private static String foreignId(Metadata metadata, String from) {
        String kept = metadata.attributes().get(FOREIGN + "id");
        return kept != null && !kept.isEmpty() && id(kept, from).equals(metadata.id())
                ? kept
                : metadata.id().toString();
    }

    /** Names that the standard allows become extensions; all others stand together in one. */
    private void extensions(Map<String, String> given, Map<String, Object> attributes) {
        Map<String, String> others = new TreeMap<>();
        new TreeMap<>(given).forEach((name, value) -> {
            String bare = name.startsWith(FOREIGN) ? name.substring(FOREIGN.length()) : "";
            if (CARRIED.contains(bare) && !value.isEmpty()) {
                attributes.put(bare, value);
            } else if (EXTENSION.matcher(name).matches() && !STANDARD.contains(name) && !OWN.contains(name)
                    && !value.isEmpty()) {
                attributes.put(name, value);
            } else if (!isReadBack(bare, value, attributes)) {
                others.put(name, value);
            }
        });
        if (!others.isEmpty()) {
            attributes.put("eventattributes", mapper.writeValueAsString(others));
        }
    }

    /** Whether the reader finds in the id and the source themselves what was kept of them. */
    private boolean isReadBack(String bare, String value, Map<String, Object> attributes) {
        return switch (bare) {
            case "id" -> value.equals(attributes.get("id")) && !isUuid(value);
            case "source" -> value.equals(attributes.get("source")) && !value.equals(source.toString());
            default -> false;
        };
    }

    private static boolean isUuid(String text) {
        try {
            return Texts.uuid(text).toString().equals(text);
        } catch (IllegalArgumentException foreign) {
            return false;
        }
    }

    /** RFC 3339 has years of four digits. */
    private static String time(Metadata metadata) {
        Instant at = metadata.timestamp();
        int year = at.atOffset(ZoneOffset.UTC).getYear();
        if (year < 0 || year > 9_999) {
            throw new EventEncodeException(metadata, "timestamp is in the year " + year
                    + ", which CloudEvents cannot express; give it one from 0 to 9999", null);
        }
        return TimeText.of(at);
    }
}
