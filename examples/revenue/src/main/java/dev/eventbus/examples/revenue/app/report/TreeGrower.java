/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import dev.eventbus.examples.revenue.app.watch.Journal;
import dev.eventbus.examples.revenue.app.watch.Note;
import dev.eventbus.examples.revenue.operation.Operation;
import dev.eventbus.examples.revenue.operation.OperationLog;
import dev.eventbus.examples.revenue.revenue.RevenueAccount;
import dev.eventbus.examples.revenue.revenue.RevenueEntry;
import dev.eventbus.examples.revenue.revenue.RevenueRepository;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds the invoice with the longest story, and tells it from the journal. */
public final class TreeGrower {
    private final OperationLog log;
    private final RevenueRepository revenue;
    private final Journal journal;

    /**
     * Creates the grower.
     *
     * @param log knows the operations
     * @param revenue knows the amounts
     * @param journal knows the events
     */
    public TreeGrower(OperationLog log, RevenueRepository revenue, Journal journal) {
        this.log = log;
        this.revenue = revenue;
        this.journal = journal;
    }

    /**
     * Grows the tree.
     *
     * @return the tree of the invoice with most kinds of entries, and most of them; none without entries
     */
    public Optional<CausalTree> grow() {
        return revenue.all()
                .min(Comparator.comparingLong((RevenueAccount account) -> -kinds(account))
                        .thenComparingInt(account -> -account.entries().size())
                        .thenComparing(account -> account.document().number()))
                .map(account -> new CausalTree(account.document().number(), operations(account)));
    }

    private static long kinds(RevenueAccount account) {
        return account.entries().stream().map(RevenueEntry::change).distinct().count();
    }

    private List<CausalTree.Branch> operations(RevenueAccount account) {
        String number = account.document().number();
        Map<Integer, Operation> operations = new TreeMap<>();
        journal.all().flatMap(note -> log.find(note.correlationId()).stream())
                .filter(operation -> operation.subject().equals(number))
                .forEach(operation -> operations.put(operation.revision(), operation));
        return operations.values().stream().map(operation -> branch(operation, account)).toList();
    }

    private CausalTree.Branch branch(Operation operation, RevenueAccount account) {
        List<Note> notes = journal.all().filter(note -> note.correlationId().equals(operation.id()))
                .sorted(Comparator.comparingLong(Note::place)).toList();
        List<CausalTree.Branch> roots = notes.stream().filter(note -> note.causationId() == null)
                .map(note -> branch(note, notes, account)).toList();
        return new CausalTree.Branch(operation.action() + " " + operation.subject(), "operation " + operation.id(),
                roots);
    }

    private CausalTree.Branch branch(Note note, List<Note> notes, RevenueAccount account) {
        List<CausalTree.Branch> effects = notes.stream().filter(effect -> note.id().equals(effect.causationId()))
                .map(effect -> branch(effect, notes, account)).toList();
        String amount = account.entries().stream().filter(entry -> note.id().equals(entry.announcement()))
                .map(TreeGrower::amounts).collect(Collectors.joining());
        return new CausalTree.Branch(note.type(),
                "event " + new ShortId(note.id()) + "  depth " + note.depth() + amount,
                effects);
    }

    private static String amounts(RevenueEntry entry) {
        String earned = "  " + new Gbp(entry.amount()).grouped() + " GBP";
        boolean later = entry.deferred().signum() != 0;
        return later ? earned + ", deferred " + new Gbp(entry.deferred()).grouped() : earned;
    }
}
