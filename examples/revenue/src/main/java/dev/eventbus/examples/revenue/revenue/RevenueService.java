/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.InvoiceLine;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.event.PaymentRefunded;
import dev.eventbus.examples.revenue.event.RecognitionDue;
import dev.eventbus.examples.revenue.tax.TaxRates;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Enters invoices in the books, what was given back of them, and the months in which they are earned.
 *
 * <p>Each event says what an invoice is worth from now on, or how far its service has come; what the entries lack to be
 * {@linkplain Earnings right} then is the next entry. Each method may be called again with the same event, whatever became of
 * the call before: an entry is written once. Events of one invoice come one after the other. Thread-safe for events of
 * different invoices.
 */
public final class RevenueService {
    private final RevenueRepository repository;
    private final TaxRates taxRates;

    /**
     * Creates the service.
     *
     * @param repository keeps the books
     * @param taxRates is asked for every entry, but for those that only move what is billed to its months
     */
    public RevenueService(RevenueRepository repository, TaxRates taxRates) {
        this.repository = repository;
        this.taxRates = taxRates;
    }

    RevenueAccount recognize(InvoiceCreated event, UUID eventId) {
        return enter(event, eventId, creation(event.document()), worth -> worth.bill(InvoiceLine.total(event.lines())));
    }

    RevenueAccount adjust(InvoiceUpdated event, UUID eventId) {
        return enter(event, eventId, Change.ADJUSTED, worth -> worth.bill(InvoiceLine.total(event.added())));
    }

    RevenueAccount reverse(InvoiceEvent event, UUID eventId) {
        return enter(event, eventId, Change.REVERSED, Worth::close);
    }

    /** Moves the account on past an event that changes no revenue. */
    void settle(InvoiceEvent event) {
        RevenueAccount account = account(event);
        account.requireInOrder(event.revision());
        repository.save(account.at(event.revision()));
    }

    /** Takes back what was given back; empty for an invoice that nobody knows, which has brought nothing. */
    Optional<RevenueAccount> refund(PaymentRefunded event, UUID eventId) {
        return repository.find(event.number()).map(account -> account.entry(eventId).isPresent()
                ? account
                : write(account.worth(account.worth().refund(event.amount())), eventId, Change.REVERSED));
    }

    /** Makes revenue of the months up to one that has passed; does nothing for those that already are revenue. */
    Optional<RevenueAccount> earn(RecognitionDue event, UUID eventId) {
        return repository.find(event.number()).map(account -> account.earnsIn(event.month())
                ? write(account.through(event.month()), eventId, Change.RECOGNIZED)
                : account);
    }

    void announced(String number, UUID eventId, UUID announcement) {
        repository.markAnnounced(number, eventId, announcement);
    }

    private static Change creation(Document document) {
        return switch (document.kind()) {
            case INVOICE -> document.service() == null ? Change.RECOGNIZED : Change.DEFERRED;
            case CREDIT_NOTE -> Change.REVERSED;
            case ADJUSTMENT -> Change.ADJUSTED;
        };
    }

    private RevenueAccount enter(InvoiceEvent event, UUID eventId, Change change, UnaryOperator<Worth> worth) {
        RevenueAccount account = account(event);
        // An earlier attempt may have come this far and failed after its write.
        if (account.entry(eventId).isPresent()) {
            return account;
        }
        account.requireInOrder(event.revision());
        return write(account.at(event.revision()).worth(worth.apply(account.worth())), eventId, change);
    }

    private RevenueAccount write(RevenueAccount account, UUID eventId, Change change) {
        Earnings difference = account.difference();
        RevenueAccount entered = account
                .with(new RevenueEntry(eventId, account.revision(), change, difference.amounts(),
                        difference.deferred(), tax(account.document(), change, difference), null));
        repository.save(entered);
        return entered;
    }

    // What is billed is taxed when it is billed, whenever it is earned.
    private BigDecimal tax(Document document, Change change, Earnings difference) {
        BigDecimal billed = difference.earned().add(difference.deferred());
        boolean isMoved = change == Change.RECOGNIZED && document.service() != null;
        return isMoved ? BigDecimal.ZERO : billed.multiply(taxRates.rateOf(document.country()));
    }

    private RevenueAccount account(InvoiceEvent event) {
        return repository.find(event.number()).orElseGet(() -> RevenueAccount.open(event.document()));
    }
}
