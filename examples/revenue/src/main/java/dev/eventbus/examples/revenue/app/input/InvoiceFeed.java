/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.input;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceKind;
import dev.eventbus.examples.revenue.event.InvoiceLine;
import dev.eventbus.examples.revenue.invoice.InvoiceActions;
import dev.eventbus.examples.revenue.invoice.InvoiceRepository;
import dev.eventbus.examples.revenue.operation.Result;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes commands of rows.
 *
 * <p>A run of rows with one number creates a document; a later run of a known number updates it. What the first row says of date,
 * customer and country holds for the document. The invoices of a day are paid when the first run of another day, or the end of
 * the input, comes. Not thread-safe.
 */
public final class InvoiceFeed {
    private final InvoiceActions actions;
    private final InvoiceRepository invoices;
    private final RejectedRows rejected;
    private final List<Row> run = new ArrayList<>();
    private final List<Row> unpaid = new ArrayList<>();
    private @Nullable LocalDate day;

    /**
     * Creates the feed.
     *
     * @param actions carries the commands out
     * @param invoices knows which numbers there are
     * @param rejected is told of rows whose command was refused
     */
    public InvoiceFeed(InvoiceActions actions, InvoiceRepository invoices, RejectedRows rejected) {
        this.actions = actions;
        this.invoices = invoices;
        this.rejected = rejected;
    }

    /**
     * Takes the next row.
     *
     * @param row a row that comes after those before
     */
    public void accept(Row row) {
        if (!run.isEmpty() && !run.getFirst().number().equals(row.number())) {
            endRun();
        }
        run.add(row);
    }

    /** Ends the last run and the last day. */
    public void end() {
        if (!run.isEmpty()) {
            endRun();
        }
        payDay();
    }

    private void endRun() {
        Row first = run.getFirst();
        if (!first.document().date().equals(day)) {
            payDay();
            day = first.document().date();
        }
        submit(first);
        run.clear();
    }

    private void submit(Row first) {
        Document document = first.document();
        List<InvoiceLine> items = run.stream().map(Row::item).toList();
        if (invoices.find(document.number()).isPresent()) {
            note(actions.update(document.number(), items), run);
            return;
        }
        boolean done = note(actions.create(document, items), run);
        if (done && document.kind() == InvoiceKind.INVOICE) {
            unpaid.add(first);
        }
    }

    private void payDay() {
        unpaid.forEach(row -> note(actions.pay(row.number()), List.of(row)));
        unpaid.clear();
    }

    private boolean note(Result result, List<Row> rows) {
        return switch (result) {
            case Result.Done done -> true;
            case Result.Refused refused -> {
                rows.forEach(row -> rejected.add(row.line(), refused.reason()));
                yield false;
            }
        };
    }
}
