/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Keeps the books: one account per invoice. Thread-safe. */
public interface RevenueRepository {
    /**
     * Finds an account.
     *
     * @param number number of the invoice
     * @return the account as it stands
     */
    Optional<RevenueAccount> find(String number);

    /**
     * Keeps an account in place of what stood there.
     *
     * @param account the account
     */
    void save(RevenueAccount account);

    /**
     * Notes that an entry was announced.
     *
     * @param number number of the invoice
     * @param eventId event that the entry was made for
     * @param announcement id of the event that announced it
     */
    void markAnnounced(String number, UUID eventId, UUID announcement);

    /**
     * Returns all accounts.
     *
     * @return in no order
     */
    Stream<RevenueAccount> all();
}
