/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.internal.check.Checks;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event that one subscription has given up on.
 *
 * <p>Its text names id and type of the event, never the payload. Immutable.
 *
 * @param id identity of the letter, a UUIDv7; it stays the same when a redrive fails
 * @param event what was published
 * @param subscription name of the subscription
 * @param reason why it was given up, in its latest round
 * @param attempts failed attempts of all rounds, oldest first; of more than 100 the first 10 and the latest 90
 * @param key key of the event in that subscription, as text; null where it has none or is not ordered by key
 * @param at wall-clock time at which it was given up, in its latest round
 * @since 0.1
 */
public record DeadLetter(UUID id, EventEnvelope<?> event, String subscription, DeadLetterReason reason,
        List<FailedAttempt> attempts, @Nullable String key, Instant at) {
    /** Creates a letter. */
    public DeadLetter {
        Checks.notNull(id, "id");
        Checks.notNull(event, "event");
        Checks.name(subscription, "subscription");
        Checks.notNull(reason, "reason");
        attempts = List.copyOf(Checks.notNull(attempts, "attempts"));
        Checks.notNull(at, "at");
    }

    @Override
    public String toString() {
        return "DeadLetter[id=" + id + ", event=" + event.id() + ", type=" + event.metadata().type() + ", subscription="
                + subscription + ", reason=" + reason + ", attempts=" + attempts.size() + ", at=" + at + "]";
    }
}
