/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.error.ConfigurationException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says which types of events there are, under which name and version, and how older versions become present ones.
 *
 * <p>A name from outside is only ever looked up here; no class is loaded by it. Each type has one present version, that of its
 * class; every older one needs a step towards it. Steps follow each other: version 1 becomes 2, 2 becomes 3.
 *
 * <p>Nothing is refused while types are added: {@link #validate()} lists what is missing, and a codec refuses types with gaps.
 * Immutable: each method returns another value.
 *
 * @since 0.1
 */
public final class EventTypes {
    private final List<RegisteredType> types;
    private final List<UpcastStep> steps;
    private final Set<Class<? extends Enum<?>>> keys;

    private EventTypes(List<RegisteredType> types, List<UpcastStep> steps, Set<Class<? extends Enum<?>>> keys) {
        this.types = List.copyOf(types);
        this.steps = List.copyOf(steps);
        this.keys = keys;
    }

    /**
     * Registers classes under the name and version of their {@link dev.eventbus.event.EventType}.
     *
     * @param classes of payloads; a sealed type stands for everything it permits, to any depth
     * @return the types
     */
    public static EventTypes of(Class<?>... classes) {
        return new EventTypes(
                Stream.of(classes).flatMap(EventTypes::leaves).distinct().map(RegisteredType::declared).toList(),
                List.of(), Set.of());
    }

    /** A type itself, or everything it permits that can have values. */
    static Stream<Class<?>> leaves(Class<?> type) {
        Stream<Class<?>> below = type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(EventTypes::leaves)
                : Stream.of();
        return type.isSealed() && Modifier.isAbstract(type.getModifiers())
                ? below
                : Stream.concat(Stream.of(type), below);
    }

    /**
     * Registers a class under a name that it does not declare itself, or gives a name to one that came without, for instance
     * with its sealed type.
     *
     * <p>Its events then carry this name when they are written, and again when they are read; in memory the bus names them
     * after their class.
     *
     * @param name of the type
     * @param version of the shape that the class has
     * @param type class of the payload
     * @return types with it
     */
    public EventTypes type(String name, int version, Class<?> type) {
        TypeVersion shape = new TypeVersion(name, version);
        List<RegisteredType> others = types.stream()
                .filter(other -> other.name() != null || !other.type().equals(type)).toList();
        return new EventTypes(plus(others, new RegisteredType(shape.name(), shape.version(), type)), steps, keys);
    }

    /**
     * Allows constants of an enum as keys of events, under the name of its {@link dev.eventbus.event.EventType} or else its
     * class.
     *
     * @param type an enum
     * @return types with it
     */
    public EventTypes key(Class<? extends Enum<?>> type) {
        Set<Class<? extends Enum<?>>> more = new LinkedHashSet<>(keys);
        more.add(type);
        return new EventTypes(types, steps, more);
    }

    /**
     * Says how a payload of one version becomes one of the next.
     *
     * @param name of the type
     * @param fromVersion the older version; the change leads to the one after it
     * @param change what to do
     * @return types with it
     */
    public EventTypes upcast(String name, int fromVersion, PayloadChange change) {
        TypeVersion from = new TypeVersion(name, fromVersion);
        TypeVersion to = from.next();
        return step(from, Set.of(to), payload -> List.of(new EventTree(to, change.apply(payload))));
    }

    /**
     * Says that a type has another name now; the version stays.
     *
     * @param oldName name so far
     * @param version version under the old name
     * @param newName name from now on
     * @return types with it
     */
    public EventTypes rename(String oldName, int version, String newName) {
        TypeVersion to = new TypeVersion(newName, version);
        return step(new TypeVersion(oldName, version), Set.of(to), payload -> List.of(new EventTree(to, payload)));
    }

    /**
     * Says how one event becomes several, of other types or of its own next version.
     *
     * <p>The first keeps the id, the others get ids made from it, the same at every reading. All keep the rest of the metadata.
     *
     * @param name of the type
     * @param fromVersion the version that is split
     * @param into every shape that may come of it
     * @param how makes the trees; called concurrently
     * @return types with it
     */
    public EventTypes split(String name, int fromVersion, Set<TypeVersion> into,
            Function<ObjectNode, List<EventTree>> how) {
        return step(new TypeVersion(name, fromVersion), into, how);
    }

    /**
     * Says that events of a version are of no interest any more.
     *
     * @param name of the type
     * @param version the version that is left out
     * @return types with it
     */
    public EventTypes drop(String name, int version) {
        return step(new TypeVersion(name, version), Set.of(), payload -> List.of());
    }

    private EventTypes step(TypeVersion from, Set<TypeVersion> into, Function<ObjectNode, List<EventTree>> how) {
        return new EventTypes(types, plus(steps, new UpcastStep(from, into, how)), keys);
    }

    private static <T> List<T> plus(List<T> list, T one) {
        List<T> more = new ArrayList<>(list);
        more.add(one);
        return more;
    }

    /**
     * Lists what is missing or contradicts itself: a version without a way to the present one, a type without a name, a name
     * taken twice.
     *
     * @return one line for each; empty if all is well
     */
    public List<String> validate() {
        return new Gaps(types, steps, keys).list();
    }

    /** What codecs look things up in. */
    Registry registry() {
        List<String> gaps = validate();
        if (!gaps.isEmpty()) {
            throw new ConfigurationException("types must have no gaps, had " + gaps.size() + ": "
                    + String.join("; ", gaps));
        }
        return new Registry(types, steps, keys);
    }
}
