/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.examples.revenue.app.fault.RehearsedRepository;
import dev.eventbus.examples.revenue.app.fault.UnreliableRepository;
import dev.eventbus.examples.revenue.revenue.InMemoryRevenueRepository;
import dev.eventbus.examples.revenue.revenue.RevenueRepository;
import java.util.Random;

/**
 * The books as they are, and as the handlers meet them: behind whatever fault the settings ask for. Thread-safe.
 *
 * @param kept the books themselves, which the checks read
 * @param rehearsed can be mended
 * @param met what the handlers write to
 */
record Books(RevenueRepository kept, RehearsedRepository rehearsed, RevenueRepository met) {
    private static final long SEED = 20_101_201;

    static Books of(Settings settings) {
        RevenueRepository kept = new InMemoryRevenueRepository();
        RehearsedRepository rehearsed = new RehearsedRepository(kept);
        if (settings.isRehearsed()) {
            return new Books(kept, rehearsed, rehearsed);
        }
        return new Books(kept, rehearsed, settings.injectsFailures()
                ? new UnreliableRepository(kept, settings.failures(), new Random(SEED))
                : kept);
    }
}
