/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import dev.eventbus.internal.check.Checks;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One change of a letter's payload, with what it was before.
 *
 * <p>Its text leaves the payload out, and equal edits hold the same payload object: payloads are neither printed nor
 * compared. Immutable.
 *
 * @param at wall-clock time of the change
 * @param reason why, in the words of who changed it
 * @param original payload before the change
 * @since 0.1
 */
public record Edit(Instant at, String reason, Object original) {
    /** Creates a record of a change. */
    public Edit {
        Checks.notNull(at, "at");
        Checks.name(reason, "reason");
        Checks.notNull(original, "original");
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // of a payload: its equals is the user's
    public boolean equals(@Nullable Object other) {
        return other instanceof Edit that && at.equals(that.at) && reason.equals(that.reason)
                && original == that.original;
    }

    @Override
    public int hashCode() {
        return Objects.hash(at, reason);
    }

    @Override
    public String toString() {
        return "Edit[at=" + at + ", reason=" + reason + "]";
    }
}
