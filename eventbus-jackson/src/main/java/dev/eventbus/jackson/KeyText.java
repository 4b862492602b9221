/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.event.EventType;
import dev.eventbus.event.Metadata;
import dev.eventbus.spi.DecodeFinding;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventEncodeException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key of an event as text, and the name of its type; that of a String is left out. Immutable. */
record KeyText(@Nullable String type, String text) {
    private static final String ENUM = "enum:";

    static String nameOf(Class<? extends Enum<?>> type) {
        EventType declared = type.getAnnotation(EventType.class);
        return declared == null ? type.getName() : declared.name();
    }

    /** The key of an event that is to be written, or null if it has none. */
    static @Nullable KeyText written(Metadata metadata, Registry registry) {
        Object key = metadata.key();
        if (key == null) {
            return null;
        }
        KeyText text = of(key, registry);
        if (text == null) {
            throw new EventEncodeException(metadata, "key is a constant of " + key.getClass().getName()
                    + ", which could not be read again; register the enum with EventTypes.key", null);
        }
        return text;
    }

    private static @Nullable KeyText of(Object key, Registry registry) {
        return switch (key) {
            case Long number -> new KeyText("long", number.toString());
            case Integer number -> new KeyText("integer", number.toString());
            case UUID id -> new KeyText("uuid", id.toString());
            case Enum<?> constant -> ofEnum(constant, registry);
            default -> new KeyText(null, key.toString());
        };
    }

    private static @Nullable KeyText ofEnum(Enum<?> constant, Registry registry) {
        String name = nameOf(constant.getDeclaringClass());
        return registry.keyType(name) == constant.getDeclaringClass()
                ? new KeyText(ENUM + name, constant.name())
                : null;
    }

    Object key(Registry registry, String path) {
        if (type == null || type.equals("string")) {
            return text;
        }
        try {
            return switch (type) {
                case "long" -> Long.valueOf(text);
                case "integer" -> Integer.valueOf(text);
                case "uuid" -> Texts.uuid(text);
                default -> constant(registry, path);
            };
        } catch (IllegalArgumentException malformed) {
            throw new Undecodable(DecodeProblem.WRONG_TYPE, path, "must have the form that its type demands");
        }
    }

    private Object constant(Registry registry, String path) {
        Class<? extends Enum<?>> found = type != null && type.startsWith(ENUM)
                ? registry.keyType(type.substring(ENUM.length()))
                : null;
        if (found == null) {
            throw new Undecodable(new DecodeFinding(DecodeProblem.UNKNOWN_TYPE, path,
                    "must be of a registered type; add the enum with EventTypes.key"), null);
        }
        for (Enum<?> constant : found.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("no such constant");
    }
}
