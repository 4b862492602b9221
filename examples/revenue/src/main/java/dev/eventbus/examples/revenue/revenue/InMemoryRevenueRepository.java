/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Keeps everything in memory, without a bound. Thread-safe. */
public final class InMemoryRevenueRepository implements RevenueRepository {
    private final Map<String, RevenueAccount> accounts = new ConcurrentHashMap<>();

    @Override
    public Optional<RevenueAccount> find(String number) {
        return Optional.ofNullable(accounts.get(number));
    }

    @Override
    public void save(RevenueAccount account) {
        accounts.put(account.document().number(), account);
    }

    @Override
    public void markAnnounced(String number, UUID eventId, UUID announcement) {
        accounts.computeIfPresent(number, (key, account) -> account.announced(eventId, announcement));
    }

    @Override
    public Stream<RevenueAccount> all() {
        return accounts.values().stream();
    }
}
