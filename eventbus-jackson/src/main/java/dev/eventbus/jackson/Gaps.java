/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what is missing in a registry of types. Immutable. */
record Gaps(List<RegisteredType> types, List<UpcastStep> steps, Set<Class<? extends Enum<?>>> keys) {
    List<String> list() {
        List<String> gaps = new ArrayList<>();
        names(gaps);
        classes(gaps);
        keyNames(gaps);
        Map<TypeVersion, UpcastStep> ways = ways(gaps);
        Set<TypeVersion> present = present();
        leadsSomewhere(gaps, ways, present);
        olderVersions(gaps, ways);
        return gaps;
    }

    private void names(List<String> gaps) {
        Map<String, Class<?>> taken = new HashMap<>();
        for (RegisteredType type : types) {
            if (!type.isNamed()) {
                gaps.add(type.type().getName() + " has no name; annotate it with @EventType or register it with one");
                continue;
            }
            if (type.version() < 1) {
                gaps.add(type.type().getName() + " has version " + type.version() + "; versions count from 1");
            }
            Class<?> other = taken.put(type.name(), type.type());
            if (other != null) {
                gaps.add("name '" + type.name() + "' is taken twice, by " + other.getName() + " and "
                        + type.type().getName());
            }
        }
    }

    private void classes(List<String> gaps) {
        Set<Class<?>> seen = new HashSet<>();
        types.stream().filter(type -> !seen.add(type.type()))
                .forEach(type -> gaps.add(type.type().getName() + " is registered twice; one name is enough"));
    }

    private void keyNames(List<String> gaps) {
        Set<String> seen = new HashSet<>();
        keys.stream().map(KeyText::nameOf).filter(name -> !seen.add(name))
                .forEach(name -> gaps.add("name '" + name + "' is taken twice, by enums for keys"));
    }

    private Map<TypeVersion, UpcastStep> ways(List<String> gaps) {
        Map<TypeVersion, UpcastStep> ways = new HashMap<>();
        for (UpcastStep step : steps) {
            if (ways.putIfAbsent(step.from(), step) != null) {
                gaps.add("two steps lead from " + step.from() + "; keep one");
            }
        }
        return ways;
    }

    private Set<TypeVersion> present() {
        Set<TypeVersion> present = new HashSet<>();
        types.stream().filter(type -> type.isNamed() && type.version() >= 1)
                .forEach(type -> present.add(type.shape()));
        return present;
    }

    private void leadsSomewhere(List<String> gaps, Map<TypeVersion, UpcastStep> ways, Set<TypeVersion> present) {
        for (UpcastStep step : steps) {
            if (present.contains(step.from())) {
                gaps.add(step.from() + " is the present version, so no step may lead from it");
            }
            for (TypeVersion to : step.into()) {
                if (!present.contains(to) && !ways.containsKey(to)) {
                    gaps.add(to + " is neither present nor has it a step, but " + step.from() + " leads to it");
                }
            }
            if (returns(step.from(), step, ways)) {
                gaps.add("steps lead from " + step.from() + " back to it");
            }
        }
    }

    private static boolean returns(TypeVersion start, UpcastStep first, Map<TypeVersion, UpcastStep> ways) {
        Set<TypeVersion> seen = new HashSet<>(first.into());
        Deque<TypeVersion> open = new ArrayDeque<>(seen);
        for (TypeVersion to = open.poll(); to != null; to = open.poll()) {
            if (to.equals(start)) {
                return true;
            }
            UpcastStep next = ways.get(to);
            if (next != null) {
                next.into().stream().filter(seen::add).forEach(open::add);
            }
        }
        return false;
    }

    private void olderVersions(List<String> gaps, Map<TypeVersion, UpcastStep> ways) {
        for (RegisteredType type : types) {
            String name = type.name();
            for (int version = 1; name != null && !name.isBlank() && version < type.version(); version++) {
                TypeVersion older = new TypeVersion(name, version);
                if (!ways.containsKey(older)) {
                    gaps.add(older + " is unreachable: no step leads from it towards version " + type.version());
                }
            }
        }
    }
}
