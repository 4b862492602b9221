/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoiceLine;
import dev.eventbus.examples.revenue.event.InvoicePaid;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.tax.TaxRates;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/**
 * Enters invoices in the books.
 *
 * <p>Each method may be called again with the same event, whatever became of the call before: an entry is written once. Events
 * of one invoice come one after the other. Thread-safe for events of different invoices.
 */
public final class RevenueService {
    private final RevenueRepository repository;
    private final TaxRates taxRates;

    /**
     * Creates the service.
     *
     * @param repository keeps the books
     * @param taxRates is asked for every entry
     */
    public RevenueService(RevenueRepository repository, TaxRates taxRates) {
        this.repository = repository;
        this.taxRates = taxRates;
    }

    RevenueEntry recognize(InvoiceCreated event, UUID eventId) {
        Change change = switch (event.document().kind()) {
            case INVOICE -> Change.RECOGNIZED;
            case CREDIT_NOTE -> Change.REVERSED;
            case ADJUSTMENT -> Change.ADJUSTED;
        };
        return enter(event, eventId, change, InvoiceLine.total(event.lines()));
    }

    RevenueEntry adjust(InvoiceUpdated event, UUID eventId) {
        return enter(event, eventId, Change.ADJUSTED, InvoiceLine.total(event.added()));
    }

    RevenueEntry reverse(InvoiceEvent event, UUID eventId) {
        return enter(event, eventId, Change.REVERSED, account(event).total().negate());
    }

    void settle(InvoicePaid event) {
        RevenueAccount account = account(event);
        account.requireInOrder(event.revision());
        repository.save(account.at(event.revision()));
    }

    void announced(String number, UUID eventId, UUID announcement) {
        repository.markAnnounced(number, eventId, announcement);
    }

    private RevenueEntry enter(InvoiceEvent event, UUID eventId, Change change, BigDecimal amount) {
        RevenueAccount account = account(event);
        // An earlier attempt may have come this far and failed after its write.
        Optional<RevenueEntry> written = account.entry(eventId);
        if (written.isPresent()) {
            return written.get();
        }
        account.requireInOrder(event.revision());
        BigDecimal tax = amount.multiply(taxRates.rateOf(event.document().country()));
        RevenueEntry entry = new RevenueEntry(eventId, event.revision(), change, amount, tax, null);
        repository.save(account.with(entry));
        return entry;
    }

    private RevenueAccount account(InvoiceEvent event) {
        return repository.find(event.number()).orElseGet(() -> RevenueAccount.open(event.document()));
    }
}
