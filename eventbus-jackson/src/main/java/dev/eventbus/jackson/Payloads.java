/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.event.Metadata;
import dev.eventbus.spi.DecodeFinding;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventEncodeException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes payloads of registered types, and brings older versions up to the present. Immutable. */
final class Payloads {
    /** What one payload has become. Immutable. */
    record Part(TypeVersion shape, Object payload) {}

    // a chain of splits multiplies
    private static final int MOST_PARTS = 10_000;

    private final Registry registry;
    private final ObjectReader trees;
    private final Map<Class<?>, ObjectReader> readers = new HashMap<>();
    private final Map<TypeVersion, ObjectReader> readersInPlace = new HashMap<>();
    private final Map<Class<?>, ObjectWriter> writers = new HashMap<>();

    Payloads(Registry registry, JsonMapper mapper) {
        this.registry = registry;
        this.trees = mapper.readerFor(JsonNode.class);
        for (Class<?> type : registry.payloadTypes()) {
            ObjectReader reader = mapper.readerFor(type);
            readers.put(type, reader);
            readersInPlace.put(found(registry.shapeOf(type), type),
                    reader.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS));
            writers.put(type, mapper.writerFor(type).without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE));
        }
    }

    /** The name under which an event is written; its metadata must not say otherwise. */
    TypeVersion shapeOf(Metadata metadata, Object payload) {
        TypeVersion shape = registry.shapeOf(payload.getClass());
        if (shape == null) {
            throw new EventEncodeException(metadata, payload.getClass().getName()
                    + " is not registered; add it to EventTypes", null);
        }
        boolean asRegistered = metadata.type().equals(shape.name()) && metadata.version() == shape.version();
        if (!asRegistered && !metadata.type().equals(payload.getClass().getName())) {
            throw new EventEncodeException(metadata,
                    "metadata say version " + metadata.version() + " of " + metadata.type()
                            + ", but its payload is registered as " + shape,
                    null);
        }
        return shape;
    }

    ObjectWriter writer(Object payload) {
        return found(writers.get(payload.getClass()), payload.getClass());
    }

    /** Reads a payload out of the event around it, or leaves it to {@link #read} where it is of an older version. */
    @Nullable Object readInPlace(TypeVersion shape, JsonParser parser) {
        ObjectReader reader = readersInPlace.get(shape);
        if (reader == null) {
            return null;
        }
        TokenStreamContext around = parser.streamReadContext().getParent();
        int depth = around.getNestingDepth();
        int entries = around.getEntryCount();
        Object payload = reader.readValue(parser);
        TokenStreamContext now = parser.streamReadContext();
        // a reader of the user's may have read less, or into what stands behind
        if (payload == null || parser.getLastClearedToken() != JsonToken.END_OBJECT
                || now.getNestingDepth() != depth || now.getEntryCount() != entries) {
            throw new Undecodable(DecodeProblem.WRONG_TYPE, "$", "must be read to its end and no further");
        }
        return payload;
    }

    List<Part> read(TypeVersion shape, Form.Body body) {
        Class<?> type = registry.classOf(shape);
        try {
            if (type != null) {
                Object payload = found(readers.get(type), type)
                        .readValue(body.data(), body.range().start(), body.range().length());
                return List.of(part(shape, payload));
            }
            UpcastStep step = registry.stepFrom(shape);
            if (step == null) {
                throw unknown(shape);
            }
            JsonNode tree = trees.readValue(body.data(), body.range().start(), body.range().length());
            if (!(tree instanceof ObjectNode object)) {
                throw new Undecodable(DecodeProblem.WRONG_TYPE, "$", "must be an object, as it is of an older version");
            }
            return upcast(new EventTree(shape, object));
        } catch (JacksonException unreadable) {
            throw Findings.ofPayload(unreadable);
        } catch (Undecodable found) {
            throw found;
        } catch (RuntimeException unforeseen) {
            // of a reader of the user's, or of Jackson's for numbers beyond all bounds; its words may quote the input
            throw new Undecodable(DecodeProblem.WRONG_TYPE, "$", "cannot be read as its type");
        }
    }

    private List<Part> upcast(EventTree first) {
        List<Part> parts = new ArrayList<>();
        Deque<EventTree> open = new ArrayDeque<>(List.of(first));
        for (EventTree next = open.poll(); next != null; next = open.poll()) {
            Class<?> type = registry.classOf(next.type());
            if (type != null) {
                parts.add(part(next.type(), found(readers.get(type), type).readValue(next.payload())));
            } else {
                List<EventTree> made = apply(found(registry.stepFrom(next.type()), next.type()), next.payload());
                for (EventTree tree : made.reversed()) {
                    open.push(tree);
                }
            }
            if (parts.size() + open.size() > MOST_PARTS) {
                throw upcastFailed("became more than " + MOST_PARTS + " events", null);
            }
        }
        return Collections.unmodifiableList(parts);
    }

    private static List<EventTree> apply(UpcastStep step, ObjectNode payload) {
        List<EventTree> made;
        try {
            made = step.how().apply(payload);
        } catch (RuntimeException failure) {
            throw upcastFailed("could not be brought on from " + step.from() + ": the step threw "
                    + failure.getClass().getName(), failure);
        }
        if (made == null || made.stream().anyMatch(tree -> tree == null || tree.payload() == null)) {
            throw upcastFailed("the step from " + step.from() + " made null", null);
        }
        for (EventTree tree : made) {
            if (!step.into().contains(tree.type())) {
                throw upcastFailed(
                        "the step from " + step.from() + " made " + tree.type() + ", which it does not declare",
                        null);
            }
        }
        return made;
    }

    private static Undecodable upcastFailed(String text, @Nullable Throwable cause) {
        return new Undecodable(new DecodeFinding(DecodeProblem.UPCAST, "$", text), cause);
    }

    private static Part part(TypeVersion shape, @Nullable Object payload) {
        if (payload == null) {
            throw new Undecodable(DecodeProblem.MISSING_FIELD, "$", "must be a payload, was null");
        }
        return new Part(shape, payload);
    }

    private Undecodable unknown(TypeVersion shape) {
        return registry.knows(shape.name())
                ? new Undecodable(DecodeProblem.UNKNOWN_VERSION, "$", "is of version " + shape.version()
                        + ", which is neither registered nor has a step to one that is")
                : new Undecodable(DecodeProblem.UNKNOWN_TYPE, "$", "is of type '" + shape.name()
                        + "', which is not registered");
    }

    private static <T> T found(@Nullable T value, Object what) {
        if (value == null) {
            throw new IllegalStateException(what + " was registered and is not found");
        }
        return value;
    }
}
