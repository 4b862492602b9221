/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.fault;

import dev.eventbus.examples.revenue.invoice.InvoiceKind;
import dev.eventbus.examples.revenue.revenue.RevenueAccount;
import dev.eventbus.examples.revenue.revenue.RevenueRepository;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Shows what a retry and a dead letter are for: the first invoice cannot be saved once, the first credit note cannot be saved
 * until somebody mends it.
 *
 * <p>A credit note, since no later event needs its account. Thread-safe.
 */
public final class RehearsedRepository implements RevenueRepository {
    private final RevenueRepository repository;
    private final AtomicBoolean failedOnce = new AtomicBoolean();
    private final AtomicReference<String> stuck = new AtomicReference<>("");
    private final AtomicBoolean mended = new AtomicBoolean();

    /**
     * Creates the repository.
     *
     * @param repository does the work
     */
    public RehearsedRepository(RevenueRepository repository) {
        this.repository = repository;
    }

    /** Takes the cause of the failures away. */
    public void mend() {
        mended.set(true);
    }

    @Override
    public void save(RevenueAccount account) {
        InvoiceKind kind = account.document().kind();
        if (kind == InvoiceKind.INVOICE && failedOnce.compareAndSet(false, true)) {
            throw new RepositoryDownException("rehearsed: connection reset");
        }
        if (kind == InvoiceKind.CREDIT_NOTE && !mended.get() && isStuck(account.document().number())) {
            throw new RepositoryDownException("rehearsed: table of credit notes is locked");
        }
        repository.save(account);
    }

    private boolean isStuck(String number) {
        stuck.compareAndSet("", number);
        return number.equals(stuck.get());
    }

    @Override
    public Optional<RevenueAccount> find(String number) {
        return repository.find(number);
    }

    @Override
    public void markAnnounced(String number, UUID eventId, UUID announcement) {
        repository.markAnnounced(number, eventId, announcement);
    }

    @Override
    public Stream<RevenueAccount> all() {
        return repository.all();
    }
}
