/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceLine;
import dev.eventbus.examples.revenue.operation.Operations;
import dev.eventbus.examples.revenue.operation.Result;
import java.util.List;

/**
 * Takes commands from outside and gives each an operation id, which all that follows from it carries as correlation.
 *
 * <p>Thread-safe.
 */
public final class InvoiceActions {
    private final InvoiceService service;
    private final Operations operations;

    /**
     * Creates the door.
     *
     * @param service carries the commands out
     * @param operations opens an operation for each
     */
    public InvoiceActions(InvoiceService service, Operations operations) {
        this.service = service;
        this.operations = operations;
    }

    /**
     * Writes an invoice.
     *
     * @param document its head; the number is new
     * @param lines its articles, at least one
     * @return what became of it
     */
    public Result create(Document document, List<InvoiceLine> lines) {
        return operations.run(id -> service.create(id, document, lines));
    }

    /**
     * Adds articles to an invoice, paid or not.
     *
     * @param number its number
     * @param added the articles, at least one
     * @return what became of it
     */
    public Result update(String number, List<InvoiceLine> added) {
        return operations.run(id -> service.update(id, number, added));
    }

    /**
     * Notes that an open invoice was paid elsewhere, in full.
     *
     * @param number its number
     * @return what became of it
     */
    public Result pay(String number) {
        return operations.run(id -> service.pay(id, number));
    }

    /**
     * Declares an invoice void.
     *
     * @param number its number
     * @return what became of it
     */
    public Result declareVoid(String number) {
        return operations.run(id -> service.declareVoid(id, number));
    }

    /**
     * Takes an invoice out.
     *
     * @param number its number
     * @return what became of it
     */
    public Result delete(String number) {
        return operations.run(id -> service.delete(id, number));
    }
}
