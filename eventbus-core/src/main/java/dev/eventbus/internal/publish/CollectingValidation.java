/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.publish;

import dev.eventbus.internal.check.Printable;
import dev.eventbus.publish.EventValidator;
import dev.eventbus.publish.InvalidEventException;
import dev.eventbus.publish.Validation;
import dev.eventbus.publish.Violation;
import java.util.ArrayList;
import java.util.List;

/** Collects the violations of one payload over all its validators. Confined to the thread that publishes. */
final class CollectingValidation implements Validation<Object> {
    private static final int MAX_TEXT = 500;
    private static final int MAX_VIOLATIONS = 1_000;

    private final Object payload;
    private final List<Violation> violations = new ArrayList<>();

    private CollectingValidation(Object payload) {
        this.payload = payload;
    }

    // D-7: a throwing validator rejects the publish, whatever it throws
    static void run(String bus, String type, Object payload, List<EventValidator<Object>> validators) {
        CollectingValidation validation = new CollectingValidation(payload);
        try {
            validators.forEach(validator -> validator.validate(validation));
        } catch (Throwable failure) {
            throw InvalidEventException.validatorFailed(bus, type, failure);
        }
        if (!validation.violations.isEmpty()) {
            throw InvalidEventException.violated(bus, type, validation.violations);
        }
    }

    @Override
    public Object payload() {
        return payload;
    }

    @Override
    public void require(String path, boolean holds, String message) {
        if (!holds && violations.size() < MAX_VIOLATIONS) {
            violations.add(new Violation(Printable.of(path, MAX_TEXT), Printable.of(message, MAX_TEXT)));
        }
    }
}
