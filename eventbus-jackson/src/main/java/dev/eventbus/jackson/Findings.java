/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.event.Sensitive;
import dev.eventbus.spi.DecodeFinding;
import dev.eventbus.spi.DecodeProblem;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.PropertyBindingException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * Says in our words what Jackson found. Its own messages quote values, and would carry them into logs. Stateless.
 */
final class Findings {
    private static final Pattern MISSING = Pattern.compile("^Missing (?:required )?creator property '");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$@][A-Za-z0-9_$]*");

    private Findings() {
    }

    static Undecodable ofTokens(JacksonException failure, TokenStreamContext at) {
        String path = path(at);
        if (failure instanceof StreamConstraintsException) {
            return new Undecodable(DecodeProblem.LIMIT, path,
                    "must keep to the bounds of the codec for length and depth");
        }
        if (String.valueOf(failure.getOriginalMessage()).startsWith("Duplicate")) {
            return new Undecodable(DecodeProblem.DUPLICATE_FIELD, path, "must not occur twice");
        }
        return new Undecodable(DecodeProblem.MALFORMED, path,
                "must be JSON, is none at byte " + failure.getLocation().getByteOffset());
    }

    static Undecodable ofPayload(JacksonException failure) {
        String path = path(failure.getPath());
        return switch (failure) {
            case StreamConstraintsException e ->
                new Undecodable(DecodeProblem.LIMIT, path, "must keep to the bounds of the codec for length and depth");
            case InputCoercionException e ->
                new Undecodable(DecodeProblem.WRONG_TYPE, path,
                        "must be a value for " + e.getTargetType().getSimpleName() + ", within its range");
            case StreamReadException e -> new Undecodable(DecodeProblem.MALFORMED, path, "must be JSON");
            case ValueInstantiationException e -> rejected(e, path);
            case PropertyBindingException e ->
                new Undecodable(DecodeProblem.UNKNOWN_FIELD, path, "is no field of the type");
            case InvalidTypeIdException e ->
                new Undecodable(DecodeProblem.WRONG_TYPE, path, "must name one of the permitted types in @type");
            case MismatchedInputException e -> mismatched(e, path);
            case DatabindException e -> new Undecodable(DecodeProblem.WRONG_TYPE, path, "cannot be read as its type");
            default -> new Undecodable(DecodeProblem.MALFORMED, path, "cannot be read");
        };
    }

    private static Undecodable mismatched(MismatchedInputException failure, String path) {
        if (MISSING.matcher(String.valueOf(failure.getOriginalMessage())).find()) {
            return new Undecodable(DecodeProblem.MISSING_FIELD, path, "must be there");
        }
        Class<?> target = failure.getTargetType();
        JsonToken token = failure.getCurrentToken();
        return new Undecodable(DecodeProblem.WRONG_TYPE, path, "must be "
                + (target == null ? "of another form" : "a value for " + target.getSimpleName())
                + (token == null ? "" : ", was " + form(token)));
    }

    /** A constructor that begins its message with the name of a component says where the fault is. */
    private static Undecodable rejected(ValueInstantiationException failure, String path) {
        if (failure.getPath().stream().anyMatch(Findings::isSensitive)) {
            return new Undecodable(DecodeProblem.REJECTED, path, "was refused by the constructor");
        }
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String said = messageOf(cause);
        for (RecordComponent component : components(failure.getType().getRawClass())) {
            String name = component.getName();
            if (said.startsWith(name) && said.length() > name.length()
                    && !Character.isJavaIdentifierPart(said.charAt(name.length()))) {
                String rest = said.substring(name.length()).replaceFirst("^[:\\s]+", "");
                return component.isAnnotationPresent(Sensitive.class)
                        ? new Undecodable(DecodeProblem.REJECTED, path + step(name), "was refused by the constructor")
                        : rejected(path + step(name), rest, cause);
            }
        }
        return hidesSomething(failure.getType().getRawClass())
                ? new Undecodable(DecodeProblem.REJECTED, path, "was refused by the constructor")
                : rejected(path, said, cause);
    }

    /** What stands within a sensitive component is sensitive, whatever its own type says. */
    private static boolean isSensitive(JacksonException.Reference step) {
        Class<?> owner = step.from() instanceof Class<?> type ? type : null;
        for (RecordComponent component : owner == null ? new RecordComponent[0] : components(owner)) {
            if (component.getName().equals(step.getPropertyName()) && component.isAnnotationPresent(Sensitive.class)) {
                return true;
            }
        }
        return false;
    }

    private static Undecodable rejected(String path, String text, Throwable cause) {
        return new Undecodable(new DecodeFinding(DecodeProblem.REJECTED, path, text), cause);
    }

    /** Whether a record has a component that nobody shall read. */
    static boolean hidesSomething(Class<?> type) {
        for (RecordComponent component : components(type)) {
            if (component.isAnnotationPresent(Sensitive.class)) {
                return true;
            }
        }
        return false;
    }

    private static RecordComponent[] components(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        return components == null ? new RecordComponent[0] : components;
    }

    private static String messageOf(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    static String form(@Nullable JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT, END_OBJECT, PROPERTY_NAME -> "an object";
            case START_ARRAY, END_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            default -> "something else";
        };
    }

    static String path(TokenStreamContext at) {
        StringBuilder path = new StringBuilder();
        for (TokenStreamContext one = at; one != null && !one.inRoot(); one = one.getParent()) {
            if (one.inArray() && one.hasCurrentIndex()) {
                path.insert(0, "[" + one.getCurrentIndex() + "]");
            } else if (one.inObject() && one.currentName() != null) {
                path.insert(0, step(one.currentName()));
            }
        }
        return path.insert(0, '$').toString();
    }

    static String path(List<JacksonException.Reference> references) {
        StringBuilder path = new StringBuilder("$");
        for (JacksonException.Reference reference : references) {
            if (reference.getPropertyName() != null) {
                path.append(step(reference.getPropertyName()));
            } else if (reference.getIndex() >= 0) {
                path.append('[').append(reference.getIndex()).append(']');
            }
        }
        return path.toString();
    }

    static String step(String name) {
        return IDENTIFIER.matcher(name).matches() ? "." + name : "['" + name.replace("'", "\\'") + "']";
    }
}
