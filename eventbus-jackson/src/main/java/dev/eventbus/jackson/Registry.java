/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Types without gaps, ready to be looked up. Immutable. */
final class Registry {
    private final Map<Class<?>, TypeVersion> shapes = new HashMap<>();
    private final Map<TypeVersion, Class<?>> classes = new HashMap<>();
    private final Map<TypeVersion, UpcastStep> steps = new HashMap<>();
    private final Map<String, Class<? extends Enum<?>>> keys = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    Registry(List<RegisteredType> types, List<UpcastStep> upcasts, Set<Class<? extends Enum<?>>> keyTypes) {
        for (RegisteredType type : types) {
            TypeVersion shape = type.shape();
            shapes.put(type.type(), shape);
            classes.put(shape, type.type());
            names.add(shape.name());
        }
        for (UpcastStep step : upcasts) {
            steps.put(step.from(), step);
            names.add(step.from().name());
        }
        keyTypes.forEach(type -> keys.put(KeyText.nameOf(type), type));
    }

    Set<Class<?>> payloadTypes() {
        return shapes.keySet();
    }

    @Nullable TypeVersion shapeOf(Class<?> type) {
        return shapes.get(type);
    }

    @Nullable Class<?> classOf(TypeVersion shape) {
        return classes.get(shape);
    }

    @Nullable UpcastStep stepFrom(TypeVersion shape) {
        return steps.get(shape);
    }

    boolean knows(String name) {
        return names.contains(name);
    }

    @Nullable Class<? extends Enum<?>> keyType(String name) {
        return keys.get(name);
    }
}
