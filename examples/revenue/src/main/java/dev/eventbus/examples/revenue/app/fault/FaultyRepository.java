/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.fault;

import dev.eventbus.examples.revenue.revenue.RevenueAccount;
import dev.eventbus.examples.revenue.revenue.RevenueRepository;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Books whose saves fail in one way or another; all else works. */
abstract class FaultyRepository implements RevenueRepository {
    final RevenueRepository repository;

    FaultyRepository(RevenueRepository repository) {
        this.repository = repository;
    }

    @Override
    public final Optional<RevenueAccount> find(String number) {
        return repository.find(number);
    }

    @Override
    public final void markAnnounced(String number, UUID eventId, UUID announcement) {
        repository.markAnnounced(number, eventId, announcement);
    }

    @Override
    public final Stream<RevenueAccount> all() {
        return repository.all();
    }
}
