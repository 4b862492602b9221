/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import dev.eventbus.examples.revenue.operation.Operation;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps invoices and the operations that made them. Thread-safe. */
public interface InvoiceRepository {
    /**
     * Finds an invoice.
     *
     * @param number its number
     * @return the invoice as it stands
     */
    Optional<Invoice> find(String number);

    /**
     * Keeps an invoice, and the operation that led to it, in place of its last revision.
     *
     * @param invoice the invoice
     * @param operation what was done
     */
    void save(Invoice invoice, Operation operation);

    /**
     * Finds an operation.
     *
     * @param id its id
     * @return the operation
     */
    Optional<Operation> operation(String id);

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
