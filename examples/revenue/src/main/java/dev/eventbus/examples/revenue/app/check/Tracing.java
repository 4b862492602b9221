/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.check;

import dev.eventbus.examples.revenue.app.watch.Journal;
import dev.eventbus.examples.revenue.app.watch.Note;
import dev.eventbus.examples.revenue.operation.Action;
import dev.eventbus.examples.revenue.operation.OperationLog;
import dev.eventbus.examples.revenue.revenue.RevenueAccount;
import dev.eventbus.examples.revenue.revenue.RevenueEntry;
import dev.eventbus.examples.revenue.revenue.RevenueRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Walks every entry of the books back: to the event that announced it, by causation to the event that it was made for and on to
 * the first one, by correlation to the operation that published that; and looks whether the entries of an invoice stand in the
 * order of its operations.
 *
 * <p>An entry of an event of an invoice leads to the operation of its revision, one of a month that has passed to the operation
 * that created the invoice, and one of a refund to that refund.
 */
public final class Tracing {
    private static final String CREATED = "InvoiceCreated";
    private static final String DUE = "RecognitionDue";
    private static final String REFUNDED = "PaymentRefunded";

    private final OperationLog operations;
    private final RevenueRepository revenue;
    private final Journal journal;

    /**
     * Creates the check.
     *
     * @param operations knows the operations
     * @param revenue the books
     * @param journal knows the events
     */
    public Tracing(OperationLog operations, RevenueRepository revenue, Journal journal) {
        this.operations = operations;
        this.revenue = revenue;
        this.journal = journal;
    }

    /**
     * Walks all entries.
     *
     * @return passed if each leads to its operation and none stands before one that it should follow
     */
    public CheckResult walk() {
        List<String> findings = new ArrayList<>();
        LongAdder walked = new LongAdder();
        revenue.all().forEach(account -> {
            int before = 0;
            for (RevenueEntry entry : account.entries()) {
                walked.increment();
                finding(account, entry, before).ifPresent(findings::add);
                before = entry.revision();
            }
        });
        String statement = String.format(Locale.ROOT, "%,d entries walked back to their event and operation",
                walked.sum());
        return CheckResult.of("traceable", statement, findings);
    }

    private Optional<String> finding(RevenueAccount account, RevenueEntry entry, int before) {
        String number = account.document().number();
        Optional<Note> event = note(entry.announcement()).flatMap(this::cause)
                .filter(cause -> cause.id().equals(entry.eventId()));
        boolean follows = event.filter(Tracing::makesRevision).isPresent()
                ? entry.revision() > before
                : entry.revision() >= before;
        if (!follows) {
            return Optional.of(number + ": entry of revision " + entry.revision() + " stands after one of " + before);
        }
        boolean leads = event.filter(cause -> leads(cause, entry, number)).isPresent();
        return leads
                ? Optional.empty()
                : Optional.of(number + ": entry of revision " + entry.revision() + " does not lead to its operation");
    }

    private boolean leads(Note event, RevenueEntry entry, String number) {
        return first(event)
                .filter(first -> operations.find(first.correlationId()).filter(operation -> switch (event.type()) {
                    case DUE -> first.type().equals(CREATED) && operation.subject().equals(number);
                    case REFUNDED -> operation.action() == Action.REFUND;
                    default -> operation.subject().equals(number) && operation.revision() == entry.revision();
                }).isPresent()).isPresent();
    }

    private static boolean makesRevision(Note event) {
        return !event.type().equals(DUE) && !event.type().equals(REFUNDED);
    }

    // A timer is set by a handler of what an operation published: its event has a cause, and all of them one correlation.
    private Optional<Note> first(Note event) {
        return event.causationId() == null ? Optional.of(event) : cause(event).flatMap(this::first);
    }

    private Optional<Note> cause(Note event) {
        return note(event.causationId()).filter(cause -> cause.correlationId().equals(event.correlationId()));
    }

    private Optional<Note> note(@Nullable UUID id) {
        return id == null ? Optional.empty() : journal.find(id);
    }
}
