/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.spi.DecodeFinding;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventCodec;
import dev.eventbus.spi.EventDecodeException;
import dev.eventbus.spi.EventEncodeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** Writes each field of an event on a line of its own. A correct codec, whose parts tests replace by faulty ones. */
class LinesCodec implements EventCodec {
    static final int MAX_BYTES = 200_000;

    /** The only payload that it knows. */
    record Memo(String text, int number) {}

    /** The only enum that it knows. */
    enum Shade {
        LIGHT, DARK
    }

    /** What is wrong with a field. */
    @SuppressWarnings("serial") // thrown and caught here
    static final class Wrong extends RuntimeException {
        private final DecodeFinding finding;

        Wrong(DecodeProblem problem, String path) {
            super(path, null, false, false);
            this.finding = new DecodeFinding(problem, path, "must be otherwise");
        }
    }

    private static final String ATTRIBUTE = "attribute.";
    private static final Set<String> NAMES = Set.of("id", "type", "version", "time", "correlation", "causation",
            "depth", "key", "text", "number");

    @Override
    public String contentType() {
        return "text/x-lines";
    }

    /* ---------------- writing ---------------- */

    @Override
    public byte[] encode(EventEnvelope<?> event) {
        if (!(event.payload() instanceof Memo memo)) {
            throw new EventEncodeException(event.metadata(), "is of no known type", null);
        }
        byte[] data = text(event.metadata(), memo).getBytes(StandardCharsets.UTF_8);
        if (data.length > MAX_BYTES) {
            throw new EventEncodeException(event.metadata(), "is too long", null);
        }
        return data;
    }

    String text(Metadata event, Memo memo) {
        StringBuilder text = new StringBuilder();
        line(text, "id", event.id());
        line(text, "type", "memo");
        line(text, "version", 2);
        line(text, "time", event.timestamp());
        line(text, "correlation", event.correlationId());
        if (event.causationId() != null) {
            line(text, "causation", event.causationId());
        }
        line(text, "depth", event.depth());
        if (event.key() != null) {
            line(text, "key", event.key() instanceof Shade shade
                    ? "E:" + shade.name()
                    : event.key().getClass().getSimpleName().charAt(0) + ":" + event.key());
        }
        attributes(event).forEach((name, value) -> line(text, ATTRIBUTE + escaped(name), value));
        if (memo.text() != null) {
            line(text, "text", memo.text());
        }
        line(text, "number", memo.number());
        return text + "end";
    }

    Map<String, String> attributes(Metadata event) {
        return new TreeMap<>(event.attributes());
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(name).append('=').append(escaped(value.toString())).append('\n');
    }

    private static String escaped(String value) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 128 && (Character.isLetterOrDigit(c) || ".:_ -".indexOf(c) >= 0)) {
                escaped.append(c);
            } else {
                escaped.append('%').append(HexFormat.of().toHexDigits(c));
            }
        }
        return escaped.toString();
    }

    /* ---------------- reading ---------------- */

    @Override
    public List<EventEnvelope<?>> decodeAll(byte[] data) {
        Map<String, String> fields = new HashMap<>();
        try {
            if (data.length > MAX_BYTES) {
                throw tooLong(data);
            }
            fields.putAll(fields(new String(data, StandardCharsets.UTF_8)));
            return List.of(EventEnvelope.of(metadata(fields), payload(fields)));
        } catch (Wrong wrong) {
            throw refusal(wrong.finding, id(fields), data);
        }
    }

    EventDecodeException refusal(DecodeFinding finding, UUID id, byte[] data) {
        return new EventDecodeException(finding, id, data, false, null);
    }

    static EventDecodeException tooLong(byte[] data) {
        return new EventDecodeException(new DecodeFinding(DecodeProblem.LIMIT, "$", "must be shorter"), null,
                Arrays.copyOf(data, 100), true, null);
    }

    @Override
    public List<EventEnvelope<?>> decodeAll(InputStream in) throws IOException {
        return decodeAll(in.readNBytes(MAX_BYTES + 1));
    }

    @Override
    public List<EventEnvelope<?>> decodeAll(Reader in) throws IOException {
        char[] chars = new char[MAX_BYTES + 1];
        int length = 0;
        for (int read = 0; read >= 0 && length < chars.length; length += Math.max(0, read)) {
            read = in.read(chars, length, chars.length - length);
        }
        return decodeAll(new String(chars, 0, length).getBytes(StandardCharsets.UTF_8));
    }

    Map<String, String> fields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0
                && !text.startsWith("end", start); end = text.indexOf('\n', start)) {
            String line = text.substring(start, end);
            String name = line.substring(0, Math.max(0, line.indexOf('=')));
            if (fields.putIfAbsent(name, unescaped(line.substring(name.length()))) != null) {
                twice(name);
            }
            start = end + 1;
        }
        ends(text.substring(start));
        return fields;
    }

    void ends(String rest) {
        if (!rest.equals("end")) {
            throw new Wrong(DecodeProblem.MALFORMED, "$");
        }
    }

    void twice(String name) {
        throw new Wrong(DecodeProblem.DUPLICATE_FIELD, "$." + name);
    }

    private static String unescaped(String value) {
        StringBuilder plain = new StringBuilder();
        try {
            for (int i = value.startsWith("=") ? 1 : 0; i < value.length(); i++) {
                if (value.charAt(i) == '%') {
                    plain.append((char) Integer.parseUnsignedInt(value, i + 1, i + 5, 16));
                    i += 4;
                } else {
                    plain.append(value.charAt(i));
                }
            }
        } catch (NumberFormatException | IndexOutOfBoundsException malformed) {
            throw new Wrong(DecodeProblem.MALFORMED, "$");
        }
        return plain.toString();
    }

    UUID id(Map<String, String> fields) {
        try {
            return fields.containsKey("id") ? uuid(fields.get("id")) : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    Metadata metadata(Map<String, String> fields) {
        fields.keySet().stream().filter(name -> !NAMES.contains(name) && !name.startsWith(ATTRIBUTE)).findFirst()
                .ifPresent(this::unknown);
        Map<String, String> attributes = new HashMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith(ATTRIBUTE)) {
                attributes.put(unescaped(name.substring(ATTRIBUTE.length())), value);
            }
        });
        check(fields, "type", "memo"::equals, DecodeProblem.UNKNOWN_TYPE);
        check(fields, "version", "2"::equals, DecodeProblem.UNKNOWN_VERSION);
        try {
            return new Metadata(field(fields, "id", LinesCodec::uuid), "memo", 2, field(fields, "time", this::time),
                    field(fields, "correlation", text -> text),
                    fields.containsKey("causation") ? field(fields, "causation", LinesCodec::uuid) : null,
                    field(fields, "depth", this::number),
                    fields.containsKey("key") ? field(fields, "key", this::key) : null, attributes);
        } catch (dev.eventbus.error.ConfigurationException refused) {
            throw new Wrong(DecodeProblem.WRONG_TYPE, "$");
        }
    }

    void unknown(String name) {
        throw new Wrong(DecodeProblem.UNKNOWN_FIELD, "$." + name);
    }

    void check(Map<String, String> fields, String name, java.util.function.Predicate<String> known,
            DecodeProblem problem) {
        if (!known.test(field(fields, name, text -> text))) {
            throw new Wrong(problem, "$." + name);
        }
    }

    Object payload(Map<String, String> fields) {
        return new Memo(fields.get("text"), field(fields, "number", this::number));
    }

    <T> T field(Map<String, String> fields, String name, Function<String, T> form) {
        String text = fields.get(name);
        if (text == null) {
            throw new Wrong(DecodeProblem.MISSING_FIELD, "$." + name);
        }
        try {
            return form.apply(text);
        } catch (IllegalArgumentException | DateTimeException malformed) {
            throw new Wrong(DecodeProblem.WRONG_TYPE, "$." + name);
        }
    }

    Instant time(String text) {
        return Instant.parse(text);
    }

    Integer number(String text) {
        return Integer.valueOf(text);
    }

    Object key(String text) {
        String value = text.substring(Math.min(2, text.length()));
        return switch (text.substring(0, Math.min(2, text.length()))) {
            case "S:" -> value;
            case "E:" -> Shade.valueOf(value);
            case "L:" -> Long.valueOf(value);
            case "I:" -> Integer.valueOf(value);
            case "U:" -> uuid(value);
            default -> throw new IllegalArgumentException("no key");
        };
    }

    private static UUID uuid(String text) {
        UUID id = UUID.fromString(text);
        if (!id.toString().equals(text)) {
            throw new IllegalArgumentException("no UUID");
        }
        return id;
    }
}
