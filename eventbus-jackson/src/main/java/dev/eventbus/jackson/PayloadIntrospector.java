/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.event.EventType;
import java.io.Serial;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Reads Jackson's annotations, tells the records of a sealed type apart by {@code @type}, and refuses what would let the
 * input name classes. Immutable.
 */
class PayloadIntrospector extends JacksonAnnotationIntrospector {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final JsonTypeInfo.Value BY_NAME = JsonTypeInfo.Value.construct(JsonTypeInfo.Id.NAME,
            JsonTypeInfo.As.PROPERTY, "@type", null, false, true, null);

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        JsonTypeInfo.Value declared = super.findPolymorphicTypeInfo(config, annotated);
        if (declared == null) {
            if (!(annotated instanceof AnnotatedClass) || !isFamily(annotated.getRawType())) {
                return null;
            }
            checkNames(annotated.getRawType());
            return BY_NAME;
        }
        if (!namesNoClass(declared.getIdType())) {
            throw new ConfigurationException("values of " + annotated.getRawType().getName()
                    + " must not be told apart by class names ("
                    + declared.getIdType() + "): the input would choose the class; use names, or a sealed type");
        }
        return declared;
    }

    /** An enum is sealed, too, when one of its constants has a body. */
    private static boolean isFamily(Class<?> type) {
        return type.isSealed() && !type.isEnum();
    }

    /** Of two classes of one name the reader would take one for the other. */
    private static void checkNames(Class<?> family) {
        Map<String, Class<?>> taken = new HashMap<>();
        EventTypes.leaves(family).distinct().forEach(leaf -> {
            Class<?> other = taken.put(nameOf(leaf), leaf);
            if (other != null) {
                throw new ConfigurationException("values of " + family.getName() + " must be told apart by name, but '"
                        + nameOf(leaf) + "' is taken twice, by " + other.getName() + " and " + leaf.getName()
                        + "; give one of them an @EventType");
            }
        });
    }

    private static String nameOf(Class<?> type) {
        JsonTypeName declared = type.getAnnotation(JsonTypeName.class);
        return declared == null || declared.value().isEmpty() ? shortName(type) : declared.value();
    }

    private static String shortName(Class<?> type) {
        EventType event = type.getAnnotation(EventType.class);
        return event == null ? type.getSimpleName() : event.name();
    }

    private static boolean namesNoClass(JsonTypeInfo.Id id) {
        return switch (id) {
            case NONE, NAME, SIMPLE_NAME, DEDUCTION -> true;
            default -> false;
        };
    }

    @Override
    public @Nullable String findTypeName(MapperConfig<?> config, AnnotatedClass type) {
        String declared = super.findTypeName(config, type);
        if (declared != null) {
            return declared;
        }
        return shortName(type.getRawType());
    }
}
