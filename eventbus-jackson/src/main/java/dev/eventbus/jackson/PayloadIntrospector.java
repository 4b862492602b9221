/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.event.EventType;
import java.io.Serial;
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
            return annotated instanceof AnnotatedClass && isFamily(annotated.getRawType()) ? BY_NAME : null;
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
        EventType event = type.getRawType().getAnnotation(EventType.class);
        return event == null ? type.getRawType().getSimpleName() : event.name();
    }
}
