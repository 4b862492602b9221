/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.check;

import dev.eventbus.examples.revenue.app.watch.Journal;
import dev.eventbus.examples.revenue.app.watch.Note;
import dev.eventbus.examples.revenue.operation.Operation;
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
 * Walks every entry of the books back: to the event that announced it, by causation to the event of its invoice, by correlation
 * to the operation that published that; and looks whether the entries of an invoice stand in the order of its operations.
 */
public final class Tracing {
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
        String statement = String.format(Locale.ROOT, "%,d entries walked back to their event and invoice operation",
                walked.sum());
        return CheckResult.of("traceable", statement, findings);
    }

    private Optional<String> finding(RevenueAccount account, RevenueEntry entry, int before) {
        String number = account.document().number();
        if (entry.revision() <= before) {
            return Optional.of(number + ": entry of revision " + entry.revision() + " stands after one of " + before);
        }
        Optional<Operation> operation = note(entry.announcement()).flatMap(announcement -> event(announcement, entry))
                .flatMap(event -> operations.find(event.correlationId()));
        boolean leads = operation.filter(o -> o.subject().equals(number) && o.revision() == entry.revision())
                .isPresent();
        return leads
                ? Optional.empty()
                : Optional.of(number + ": entry of revision " + entry.revision() + " does not lead to its operation");
    }

    private Optional<Note> event(Note announcement, RevenueEntry entry) {
        return note(announcement.causationId())
                .filter(event -> event.id().equals(entry.eventId()))
                .filter(event -> event.correlationId().equals(announcement.correlationId()));
    }

    private Optional<Note> note(@Nullable UUID id) {
        return id == null ? Optional.empty() : journal.find(id);
    }
}
