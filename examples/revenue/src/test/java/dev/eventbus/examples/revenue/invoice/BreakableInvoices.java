/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.invoice;

import java.util.Optional;
import java.util.stream.Stream;

/** Fails to save as often as it is told to. */
final class BreakableInvoices implements InvoiceRepository {
    private final InvoiceRepository repository = new InMemoryInvoiceRepository();
    private int failures;

    void failNext(int saves) {
        failures = saves;
    }

    @Override
    public void save(Invoice invoice) {
        if (failures > 0) {
            failures--;
            throw new IllegalStateException("not saved");
        }
        repository.save(invoice);
    }

    @Override
    public Optional<Invoice> find(String number) {
        return repository.find(number);
    }

    @Override
    public Stream<Invoice> all() {
        return repository.all();
    }

    @Override
    public int size() {
        return repository.size();
    }
}
