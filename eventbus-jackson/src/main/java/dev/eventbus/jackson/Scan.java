/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.spi.DecodeProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the outermost object once, whole: keeps its scalar fields and where the payload lies, checks every token on the way.
 *
 * <p>The payload is read in its place where its type stands before it, else by a second pass over its bytes. A tree instead
 * would lose the sign of a zero, and cost more. Immutable.
 */
final class Scan {
    /** Where a value lies. Immutable. */
    record Range(int start, int length) {}

    private final JsonFactory factory;

    Scan(JsonFactory factory) {
        this.factory = factory;
    }

    /**
     * Reads an object, of which one field may be any value and one an object of texts.
     *
     * <p>Whatever goes wrong while a payload is read in its place, or behind it, is found again without that, so that one
     * fault has one text wherever the type stands.
     */
    Fields object(byte[] data, Range range, String payload, @Nullable String texts, InPlace inPlace) {
        try {
            return once(data, range, payload, texts, inPlace);
        } catch (RuntimeException fault) {
            return once(data, range, payload, texts, InPlace.NEVER);
        }
    }

    private Fields once(byte[] data, Range range, String payload, @Nullable String texts, InPlace inPlace) {
        try (JsonParser parser = parser(data, range)) {
            try {
                expect(parser, parser.nextToken(), JsonToken.START_OBJECT, "an object");
                return fields(parser, range.start(), payload, texts, inPlace);
            } catch (JacksonException unreadable) {
                throw Findings.ofTokens(unreadable, parser.streamReadContext());
            }
        }
    }

    /** Reads an array and returns where its elements lie. */
    List<Range> array(byte[] data) {
        try (JsonParser parser = parser(data, new Range(0, data.length))) {
            try {
                expect(parser, parser.nextToken(), JsonToken.START_ARRAY, "an array");
                List<Range> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(skip(parser, 0));
                }
                end(parser);
                return elements;
            } catch (JacksonException unreadable) {
                throw Findings.ofTokens(unreadable, parser.streamReadContext());
            }
        }
    }

    /** Reads an object of texts. */
    Map<String, String> texts(byte[] data) {
        try (JsonParser parser = parser(data, new Range(0, data.length))) {
            try {
                Map<String, String> texts = texts(parser, parser.nextToken());
                end(parser);
                return texts;
            } catch (JacksonException unreadable) {
                throw Findings.ofTokens(unreadable, parser.streamReadContext());
            }
        }
    }

    /** Reads any value, for its tokens alone. */
    void value(byte[] data) {
        try (JsonParser parser = parser(data, new Range(0, data.length))) {
            try {
                if (parser.nextToken() == null) {
                    throw new Undecodable(DecodeProblem.MALFORMED, "$", "must be JSON, was empty");
                }
                skip(parser, 0);
                end(parser);
            } catch (JacksonException unreadable) {
                throw Findings.ofTokens(unreadable, parser.streamReadContext());
            }
        }
    }

    private JsonParser parser(byte[] data, Range range) {
        return factory.createParser(ObjectReadContext.empty(), data, range.start(), range.length());
    }

    private static Fields fields(JsonParser parser, int origin, String payload, @Nullable String texts,
            InPlace inPlace) {
        Map<String, Object> scalars = new LinkedHashMap<>();
        Map<String, String> inner = Map.of();
        Object read = null;
        Range found = null;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            if (name.equals(payload)) {
                int start = start(parser);
                read = token == JsonToken.START_OBJECT ? inPlace.read(scalars, parser) : null;
                found = read == null ? skip(parser, origin) : range(parser, origin, start);
            } else if (name.equals(texts)) {
                inner = texts(parser, token);
            } else {
                Object value = scalar(parser, token);
                if (value != null) {
                    scalars.put(name, value);
                }
            }
        }
        expect(parser, parser.currentToken(), JsonToken.END_OBJECT, "an object");
        end(parser);
        return new Fields(scalars, inner, found, read);
    }

    private static @Nullable Object scalar(JsonParser parser, JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> parser.getNumberType() == JsonParser.NumberType.INT
                    ? (Object) parser.getIntValue()
                    : Fields.OTHER;
            case VALUE_NUMBER_FLOAT -> Fields.OTHER;
            default -> {
                parser.skipChildren();
                yield Fields.OTHER;
            }
        };
    }

    private static Map<String, String> texts(JsonParser parser, @Nullable JsonToken token) {
        if (token == JsonToken.VALUE_NULL) {
            return Map.of();
        }
        expect(parser, token, JsonToken.START_OBJECT, "an object");
        Map<String, String> texts = new HashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            expect(parser, parser.nextToken(), JsonToken.VALUE_STRING, "a string");
            texts.put(name, parser.getString());
        }
        return texts;
    }

    private static Range skip(JsonParser parser, int origin) {
        int start = start(parser);
        parser.skipChildren();
        parser.finishToken();
        return range(parser, origin, start);
    }

    /** Offsets of a parser count from the first byte of the range that it reads. */
    private static int start(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    private static Range range(JsonParser parser, int origin, int start) {
        return new Range(start + origin, (int) parser.currentLocation().getByteOffset() - start);
    }

    private static void end(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw new Undecodable(DecodeProblem.MALFORMED, "$", "must end here, but something follows");
        }
    }

    private static void expect(JsonParser parser, @Nullable JsonToken token, JsonToken expected, String form) {
        if (token != expected) {
            throw new Undecodable(token == null ? DecodeProblem.MALFORMED : DecodeProblem.WRONG_TYPE,
                    Findings.path(parser.streamReadContext()), "must be " + form + ", was " + Findings.form(token));
        }
    }
}
