/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.fault;

import dev.eventbus.examples.revenue.revenue.RevenueAccount;
import dev.eventbus.examples.revenue.revenue.RevenueRepository;
import java.util.concurrent.atomic.AtomicBoolean;

/** Fails once, at its first save: what a retry is for. Thread-safe. */
public final class StumblingRepository extends FaultyRepository {
    private final AtomicBoolean failedOnce = new AtomicBoolean();

    /**
     * Creates the repository.
     *
     * @param repository does the work
     */
    public StumblingRepository(RevenueRepository repository) {
        super(repository);
    }

    @Override
    public void save(RevenueAccount account) {
        if (failedOnce.compareAndSet(false, true)) {
            throw new RepositoryDownException("rehearsed: connection reset");
        }
        repository.save(account);
    }
}
