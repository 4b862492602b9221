/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Keeps everything in memory, without a bound. Thread-safe. */
public final class InMemoryInvoiceRepository implements InvoiceRepository {
    private final Map<String, Invoice> invoices = new ConcurrentHashMap<>();

    @Override
    public Optional<Invoice> find(String number) {
        return Optional.ofNullable(invoices.get(number));
    }

    @Override
    public void save(Invoice invoice) {
        invoices.put(invoice.document().number(), invoice);
    }

    @Override
    public Stream<Invoice> all() {
        return invoices.values().stream();
    }

    @Override
    public int size() {
        return invoices.size();
    }
}
