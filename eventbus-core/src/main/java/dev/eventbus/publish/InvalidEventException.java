/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

import dev.eventbus.error.ConfigurationException;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells that a payload is missing or broke the rules of the validators for its type; all of them are listed.
 *
 * <p>Immutable.
 *
 * @since 0.1
 * @serial exclude
 */
public final class InvalidEventException extends PublishRejectedException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int MOST_NAMED = 20;

    private final Violation[] violations;

    private InvalidEventException(String bus, String type, String what, List<Violation> violations,
            @Nullable Throwable cause) {
        super(bus, type, "Bus '" + bus + "' rejected an event (" + type + "): " + what, cause);
        this.violations = violations.toArray(Violation[]::new);
    }

    /**
     * Creates the exception for a missing payload.
     *
     * @param bus name of the bus
     * @return the exception
     */
    public static InvalidEventException nullPayload(String bus) {
        return new InvalidEventException(bus, "null", "payload must not be null; publish an object", List.of(), null);
    }

    /**
     * Creates the exception for broken rules.
     *
     * @param bus name of the bus
     * @param type name of the event's type
     * @param violations what was broken, in the order of the validators
     * @return the exception
     */
    public static InvalidEventException violated(String bus, String type, List<Violation> violations) {
        String first = violations.stream().limit(MOST_NAMED).map(Violation::toString).collect(Collectors.joining("; "));
        int more = violations.size() - MOST_NAMED;
        return new InvalidEventException(bus, type,
                more > 0 ? first + "; and " + more + " more, see violations()" : first,
                violations, null);
    }

    /**
     * Creates the exception for a payload whose class cannot be published, or names its type in a way that cannot be
     * used.
     *
     * @param bus name of the bus
     * @param type class of the payload
     * @param failure what is wrong with it
     * @return the exception
     */
    public static InvalidEventException unpublishable(String bus, String type, ConfigurationException failure) {
        return new InvalidEventException(bus, type, String.valueOf(failure.getMessage()), List.of(), failure);
    }

    /**
     * Creates the exception for a validator that threw.
     *
     * @param bus name of the bus
     * @param type name of the event's type
     * @param failure what it threw
     * @return the exception
     */
    public static InvalidEventException validatorFailed(String bus, String type, Throwable failure) {
        return new InvalidEventException(bus, type, "a validator threw " + failure.getClass().getName()
                + "; mend it: a validator notes violations and does not throw", List.of(), failure);
    }

    /**
     * Returns what was broken.
     *
     * @return violations in the order of the validators; empty if the payload is missing or a validator threw
     */
    public List<Violation> violations() {
        return List.of(violations);
    }
}
