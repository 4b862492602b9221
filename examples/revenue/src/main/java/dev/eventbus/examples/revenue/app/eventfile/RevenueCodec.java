/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.eventfile;

import dev.eventbus.examples.revenue.event.CustomerEvent;
import dev.eventbus.examples.revenue.event.Deadline;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.PaymentEvent;
import dev.eventbus.examples.revenue.event.RevenueEvent;
import dev.eventbus.jackson.CloudEventsCodec;
import dev.eventbus.jackson.EventTypes;
import java.net.URI;

/** Names every type of event that the system knows: the one place where a further family has to be added. Stateless. */
public final class RevenueCodec {
    private static final URI SOURCE = URI.create("/revenue");

    private RevenueCodec() {
    }

    /**
     * Creates the codec.
     *
     * @return reads and writes all families and the end of a file
     */
    public static CloudEventsCodec create() {
        return CloudEventsCodec.of(SOURCE, EventTypes.of(InvoiceEvent.class, RevenueEvent.class, CustomerEvent.class,
                PaymentEvent.class, Deadline.class, EventFileEnded.class));
    }
}
