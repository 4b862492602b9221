/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import java.util.Optional;
import java.util.stream.Stream;

/** Keeps invoices. Thread-safe. */
public interface InvoiceRepository {
    /**
     * Finds an invoice.
     *
     * @param number its number
     * @return the invoice as it stands
     */
    Optional<Invoice> find(String number);

    /**
     * Keeps an invoice in place of its last revision.
     *
     * @param invoice the invoice
     */
    void save(Invoice invoice);

    /**
     * Returns all invoices.
     *
     * @return in no order
     */
    Stream<Invoice> all();

    /**
     * Counts the invoices.
     *
     * @return how many there are
     */
    int size();
}
