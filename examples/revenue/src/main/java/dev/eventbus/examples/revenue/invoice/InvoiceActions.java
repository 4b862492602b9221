/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceLine;
import dev.eventbus.examples.revenue.operation.Operation;
import dev.eventbus.examples.revenue.operation.Result;
import dev.eventbus.publish.InvalidEventException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Takes commands from outside and gives each an operation id, which all that follows from it carries as correlation.
 *
 * <p>Commands for one invoice come one after the other. Thread-safe for commands of different invoices.
 */
public final class InvoiceActions {
    private final InvoiceService service;
    private final Supplier<String> operationIds;

    /**
     * Creates the door.
     *
     * @param service carries the commands out
     * @param operationIds gives an id that it never gave before
     */
    public InvoiceActions(InvoiceService service, Supplier<String> operationIds) {
        this.service = service;
        this.operationIds = operationIds;
    }

    /**
     * Writes an invoice.
     *
     * @param document its head; the number is new
     * @param lines its articles, at least one
     * @return what became of it
     */
    public Result create(Document document, List<InvoiceLine> lines) {
        return run(id -> service.create(id, document, lines));
    }

    /**
     * Adds articles to an invoice, paid or not.
     *
     * @param number its number
     * @param added the articles, at least one
     * @return what became of it
     */
    public Result update(String number, List<InvoiceLine> added) {
        return run(id -> service.update(id, number, added));
    }

    /**
     * Notes that an open invoice was paid.
     *
     * @param number its number
     * @return what became of it
     */
    public Result pay(String number) {
        return run(id -> service.pay(id, number));
    }

    /**
     * Declares an invoice void.
     *
     * @param number its number
     * @return what became of it
     */
    public Result declareVoid(String number) {
        return run(id -> service.declareVoid(id, number));
    }

    /**
     * Takes an invoice out.
     *
     * @param number its number
     * @return what became of it
     */
    public Result delete(String number) {
        return run(id -> service.delete(id, number));
    }

    private Result run(Function<String, Operation> command) {
        String id = operationIds.get();
        try {
            return new Result.Done(command.apply(id));
        } catch (InvoiceRefusedException | InvalidEventException refused) {
            return new Result.Refused(id, String.valueOf(refused.getMessage()));
        }
    }
}
