/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.quickstart;

import dev.eventbus.EventBus;
import java.math.BigDecimal;

/** Publishes one event to one handler. */
public final class Quickstart {
    /** Says that an invoice was paid. */
    record InvoicePaid(String invoiceId, BigDecimal amount) {}

    private Quickstart() {
    }

    /**
     * Runs the program.
     *
     * @param args none
     */
    public static void main(String[] args) {
        try (EventBus bus = EventBus.create("billing")) {
            bus.subscribe(InvoicePaid.class, "revenue", paid -> System.out.println("revenue + " + paid.amount()));
            bus.publish(new InvoicePaid("INV-1", new BigDecimal("99.00")));
        }
    }
}
