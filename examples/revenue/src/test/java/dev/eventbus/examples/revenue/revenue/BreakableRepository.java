/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Fails as often as it is told to, before or after its write. */
final class BreakableRepository implements RevenueRepository {
    private final RevenueRepository repository = new InMemoryRevenueRepository();
    private int before;
    private int after;
    private int marks;

    void failBefore(int times) {
        before = times;
    }

    void failAfter(int times) {
        after = times;
    }

    void failMarks(int times) {
        marks = times;
    }

    @Override
    public void save(RevenueAccount account) {
        if (before > 0) {
            before--;
            throw new IllegalStateException("before the write");
        }
        repository.save(account);
        if (after > 0) {
            after--;
            throw new IllegalStateException("after the write");
        }
    }

    @Override
    public Optional<RevenueAccount> find(String number) {
        return repository.find(number);
    }

    @Override
    public void markAnnounced(String number, UUID eventId, UUID announcement) {
        if (marks > 0) {
            marks--;
            throw new IllegalStateException("before the mark");
        }
        repository.markAnnounced(number, eventId, announcement);
    }

    @Override
    public Stream<RevenueAccount> all() {
        return repository.all();
    }
}
