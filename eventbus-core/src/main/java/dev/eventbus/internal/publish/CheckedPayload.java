/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.publish;

import dev.eventbus.internal.deliver.Origin;
import dev.eventbus.publish.PublishOptions;

/**
 * A payload that can be published at any later moment: validated, with what it inherits from the event that was being
 * handled when it was checked. Holds ids of that event and not the event itself. Immutable.
 *
 * @param payload the user's object
 * @param type name of its type
 * @param options explicit metadata, which wins
 * @param inherited inherited metadata
 */
public record CheckedPayload(Object payload, String type, PublishOptions options, Origin inherited) {
    /** Names the type; the payload is the user's and is never printed. */
    @Override
    public String toString() {
        return "CheckedPayload[type=" + type + "]";
    }
}
