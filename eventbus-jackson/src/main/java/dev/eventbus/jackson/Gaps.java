/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import java.util.ArrayList;
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
            if (type.name() == null) {
                gaps.add(type.type().getName() + " has no name; annotate it with @EventType or register it with one");
                continue;
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
        types.stream().filter(type -> type.name() != null).forEach(type -> present.add(type.shape()));
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
            if (returns(step.from(), step, ways, new HashSet<>())) {
                gaps.add("steps lead from " + step.from() + " back to it");
            }
        }
    }

    private static boolean returns(TypeVersion start, UpcastStep step, Map<TypeVersion, UpcastStep> ways,
            Set<TypeVersion> seen) {
        for (TypeVersion to : step.into()) {
            UpcastStep next = ways.get(to);
            if (to.equals(start) || (next != null && seen.add(to) && returns(start, next, ways, seen))) {
                return true;
            }
        }
        return false;
    }

    private void olderVersions(List<String> gaps, Map<TypeVersion, UpcastStep> ways) {
        for (RegisteredType type : types) {
            for (int version = 1; type.name() != null && version < type.version(); version++) {
                TypeVersion older = new TypeVersion(type.name(), version);
                if (!ways.containsKey(older)) {
                    gaps.add(older + " is unreachable: no step leads from it towards version " + type.version());
                }
            }
        }
    }
}
