/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.event.Metadata;
import dev.eventbus.internal.event.PayloadType;
import dev.eventbus.publish.PublishOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the metadata of an event comes from that the bus does not make up: the publisher, the event before, or a
 * letter. Immutable.
 *
 * @param options explicit metadata, which wins
 * @param lineage inherited metadata, or null at the root
 * @param given all of it, for an event that comes back from a dead letter; then the others do not count
 */
public record Origin(PublishOptions options, @Nullable Lineage lineage, @Nullable Metadata given) {
    /** Nothing explicit, nothing inherited; shared, so that a plain publish allocates none. */
    public static final Origin PLAIN = new Origin(PublishOptions.options(), null, null);

    /**
     * Returns the depth of the event.
     *
     * @return 0 at the root
     */
    public int depth() {
        if (given != null) {
            return given.depth();
        }
        return lineage == null ? 0 : lineage.depth();
    }

    // A letter that is redriven was asked for, however late.
    @Nullable Duration expiresAfter() {
        return given == null ? options.expiresAfter() : null;
    }

    @Nullable Object key() {
        return given == null ? options.key() : given.key();
    }

    Metadata metadata(UUID id, PayloadType type, long wallMillis) {
        if (given != null) {
            return given;
        }
        Instant timestamp = options.timestamp() == null ? Instant.ofEpochMilli(wallMillis) : options.timestamp();
        String inherited = lineage == null ? id.toString() : lineage.correlationId();
        String correlation = options.correlationId() == null ? inherited : options.correlationId();
        UUID cause = lineage == null ? null : lineage.causationId();
        UUID causation = options.causationId() == null ? cause : options.causationId();
        return new Metadata(id, type.name(), type.version(), timestamp, correlation, causation, depth(), options.key(),
                options.attributes());
    }

    /** Makes the origin of the events that are published while the event of this origin is handled. */
    Origin ofChildren(UUID id) {
        String explicit = given == null ? options.correlationId() : given.correlationId();
        String correlation = explicit == null && lineage != null ? lineage.correlation() : explicit;
        UUID root = lineage == null ? id : lineage.root();
        return new Origin(PublishOptions.options(), new Lineage(depth() + 1, id, correlation, root), null);
    }
}
