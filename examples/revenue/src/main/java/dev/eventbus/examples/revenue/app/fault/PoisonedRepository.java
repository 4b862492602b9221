/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.fault;

import dev.eventbus.examples.revenue.revenue.RevenueAccount;
import dev.eventbus.examples.revenue.revenue.RevenueRepository;

/** Cannot save one account until somebody mends it: what a dead letter, with those behind it, is for. Thread-safe. */
public final class PoisonedRepository extends FaultyRepository {
    private final String number;
    private volatile boolean mended;

    /**
     * Creates the repository.
     *
     * @param repository does the work
     * @param number number of the invoice
     */
    public PoisonedRepository(RevenueRepository repository, String number) {
        super(repository);
        this.number = number;
    }

    /** Takes the cause of the failures away. */
    public void mend() {
        mended = true;
    }

    @Override
    public void save(RevenueAccount account) {
        if (!mended && account.document().number().equals(number)) {
            throw new RepositoryDownException("account " + number + " is locked");
        }
        repository.save(account);
    }
}
