/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.route;

import dev.eventbus.internal.check.Checks;
import dev.eventbus.internal.route.RouteTable.ValidatorBinding;
import dev.eventbus.publish.EventValidator;
import java.util.ArrayList;
import java.util.List;

/** Collects validators while a bus is built. Not thread-safe. */
public final class Validators {
    private final List<ValidatorBinding<?>> bindings = new ArrayList<>();

    /** Creates an empty collection. */
    public Validators() {
    }

    /**
     * Adds a validator.
     *
     * @param <E> type of the payload
     * @param type class, superclass or interface of payloads
     * @param validator notes violations
     */
    public <E> void add(Class<E> type, EventValidator<? super E> validator) {
        bindings.add(new ValidatorBinding<>(Checks.notNull(type, "type"), Checks.notNull(validator, "validator")));
    }

    List<ValidatorBinding<?>> bindings() {
        return List.copyOf(bindings);
    }
}
