/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Leads from one shape to others: one, several or none. Immutable. */
record UpcastStep(TypeVersion from, Set<TypeVersion> into, Function<ObjectNode, List<EventTree>> how) {
    UpcastStep {
        into = Set.copyOf(into);
    }
}
