/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.internal.check.Checks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event that one subscription has given up on.
 *
 * <p>Its text names id and type of the event, never the payload. Immutable.
 *
 * @param id identity of the letter, a UUIDv7; it stays the same when a redrive fails
 * @param event what was published, or what an edit has made of it
 * @param subscription name of the subscription
 * @param reason why it was given up, in its latest round
 * @param attempts failed attempts of all rounds, oldest first; of more than 100 the first 10 and the latest 90
 * @param key key of the event in that subscription, as text; null where it has none or is not ordered by key
 * @param at wall-clock time at which it was given up, in its latest round
 * @param sequenced whether it belongs to a {@link #sequence()}
 * @param edits changes of its payload, oldest first
 * @since 0.1
 */
public record DeadLetter(UUID id, EventEnvelope<?> event, String subscription, DeadLetterReason reason,
        List<FailedAttempt> attempts, @Nullable String key, Instant at, boolean sequenced,
        List<Edit> edits) {
    /** Creates a letter. */
    public DeadLetter {
        Checks.notNull(id, "id");
        Checks.notNull(event, "event");
        Checks.name(subscription, "subscription");
        Checks.notNull(reason, "reason");
        attempts = List.copyOf(Checks.notNull(attempts, "attempts"));
        Checks.notNull(at, "at");
        edits = List.copyOf(Checks.notNull(edits, "edits"));
    }

    /**
     * Creates a letter that belongs to no sequence and has not been edited.
     *
     * @param id identity of the letter
     * @param event what was published
     * @param subscription name of the subscription
     * @param reason why it was given up
     * @param attempts every failed attempt
     * @param key key of the event in that subscription, or null
     * @param at wall-clock time at which it was given up
     */
    public DeadLetter(UUID id, EventEnvelope<?> event, String subscription, DeadLetterReason reason,
            List<FailedAttempt> attempts, @Nullable String key, Instant at) {
        this(id, event, subscription, reason, attempts, key, at, false, List.of());
    }

    /**
     * Returns the sequence that it belongs to.
     *
     * @return its subscription and key, or empty for a letter that stands for itself
     */
    public Optional<Sequence> sequence() {
        return sequenced ? Optional.of(new Sequence(subscription, key)) : Optional.empty();
    }

    @Override
    public String toString() {
        return "DeadLetter[id=" + id + ", event=" + event.id() + ", type=" + event.metadata().type() + ", subscription="
                + subscription + ", reason=" + reason + ", attempts=" + attempts.size() + ", at=" + at + "]";
    }
}
