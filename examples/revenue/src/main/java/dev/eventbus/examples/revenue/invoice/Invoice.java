/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceLine;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An invoice as it stands after a number of events. Immutable.
 *
 * @param document what never changes
 * @param revision how many events it has seen, 1 for its creation
 * @param state where it stands
 * @param lines its articles
 * @param payments what came in, by payment, in GBP, exact; under a blank id what was paid elsewhere
 * @param dunning whether somebody was asked to pay
 */
public record Invoice(Document document, int revision, InvoiceState state, List<InvoiceLine> lines,
        Map<String, BigDecimal> payments, Dunning dunning) {
    // No payment has a blank id.
    private static final String ELSEWHERE = "";

    /** Creates an invoice. */
    public Invoice {
        lines = List.copyOf(lines);
        payments = Map.copyOf(payments);
    }

    /**
     * Returns a new invoice.
     *
     * @param document what never changes
     * @param lines its articles
     * @return an open invoice at revision 1
     */
    public static Invoice create(Document document, List<InvoiceLine> lines) {
        return new Invoice(document, 1, InvoiceState.OPEN, lines, Map.of(), Dunning.NONE);
    }

    /**
     * Adds articles.
     *
     * @param more the articles
     * @return the next revision
     */
    public Invoice add(List<InvoiceLine> more) {
        List<InvoiceLine> all = Stream.concat(lines.stream(), more.stream()).toList();
        return new Invoice(document, revision + 1, state, all, payments, dunning);
    }

    /**
     * Changes the state.
     *
     * @param next the state
     * @return the next revision
     */
    public Invoice become(InvoiceState next) {
        return new Invoice(document, revision + 1, next, lines, payments, dunning);
    }

    /**
     * Adds money that came in.
     *
     * @param paymentId the payment
     * @param amount how much it is
     * @return the next revision
     */
    public Invoice receive(String paymentId, BigDecimal amount) {
        return new Invoice(document, revision + 1, state, lines, payments(paymentId, amount), dunning);
    }

    /**
     * Notes that it was paid elsewhere.
     *
     * @return the next revision: it is paid, and all that was outstanding came in
     */
    public Invoice settle() {
        return new Invoice(document, revision + 1, InvoiceState.PAID, lines, payments(ELSEWHERE, outstanding()),
                dunning);
    }

    private Map<String, BigDecimal> payments(String paymentId, BigDecimal amount) {
        Map<String, BigDecimal> all = new HashMap<>(payments);
        all.put(paymentId, amount);
        return all;
    }

    /**
     * Notes that somebody was asked to pay.
     *
     * @param next how far that has come
     * @return the next revision
     */
    public Invoice ask(Dunning next) {
        return new Invoice(document, revision + 1, state, lines, payments, next);
    }

    /**
     * Returns what the invoice is worth.
     *
     * @return sum of its lines, zero once it is voided or deleted
     */
    public BigDecimal total() {
        return state.isFinal() ? BigDecimal.ZERO : InvoiceLine.total(lines);
    }

    /**
     * Returns what is still to come.
     *
     * @return what it is worth less what came in, exact; negative when more came than was asked for
     */
    public BigDecimal outstanding() {
        return payments.values().stream().reduce(total(), BigDecimal::subtract);
    }

    boolean awaitsMoney() {
        return state == InvoiceState.OPEN && outstanding().signum() > 0;
    }
}
