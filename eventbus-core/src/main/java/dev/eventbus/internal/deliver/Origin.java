/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.event.Metadata;
import dev.eventbus.publish.PublishOptions;
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
}
