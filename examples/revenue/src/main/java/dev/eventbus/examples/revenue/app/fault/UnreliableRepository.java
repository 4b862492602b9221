/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.fault;

import dev.eventbus.examples.revenue.revenue.RevenueAccount;
import dev.eventbus.examples.revenue.revenue.RevenueRepository;
import java.util.random.RandomGenerator;

/** Fails a share of its saves: half of these before the write, half after it. Thread-safe if the random generator is. */
public final class UnreliableRepository extends FaultyRepository {
    private final double rate;
    private final RandomGenerator random;

    /**
     * Creates the repository.
     *
     * @param repository does the work
     * @param rate share of saves that fail, 0 to 1
     * @param random decides which
     */
    public UnreliableRepository(RevenueRepository repository, double rate, RandomGenerator random) {
        super(repository);
        this.rate = rate;
        this.random = random;
    }

    @Override
    public void save(RevenueAccount account) {
        double draw = random.nextDouble();
        if (draw < rate / 2) {
            throw new RepositoryDownException("injected before the write");
        }
        repository.save(account);
        if (draw < rate) {
            throw new RepositoryDownException("injected after the write");
        }
    }
}
