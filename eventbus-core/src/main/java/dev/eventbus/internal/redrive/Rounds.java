/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.redrive;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.internal.deliver.Origin;
import dev.eventbus.internal.deliver.Plan;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Target;
import dev.eventbus.internal.event.PayloadType;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.publish.PublishOptions;

/** Makes the events of further rounds. Stateless. */
final class Rounds {
    private Rounds() {
    }

    /** Makes the same event once more, for one target. */
    static Publication<?> again(EventEnvelope<?> event, Target target, Ports ports) {
        Metadata metadata = event.metadata();
        Plan plan = new Plan(new PayloadType(metadata.type(), metadata.version()), new Target[] {target}, ports);
        return new Publication<>(event.payload(), plan, new Origin(PublishOptions.options(), null, metadata),
                metadata.id().getMostSignificantBits(), metadata.id().getLeastSignificantBits(),
                metadata.timestamp().toEpochMilli(), Publication.NOT_MEASURED);
    }
}
