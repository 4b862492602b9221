/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.examples.revenue.app.fault.PoisonedRepository;
import dev.eventbus.examples.revenue.app.fault.StumblingRepository;
import dev.eventbus.examples.revenue.app.fault.UnreliableRepository;
import dev.eventbus.examples.revenue.revenue.InMemoryRevenueRepository;
import dev.eventbus.examples.revenue.revenue.RevenueRepository;
import java.util.Random;

/**
 * The books as they are, and as the handlers meet them: behind whatever fault the settings ask for. Thread-safe.
 *
 * @param kept the books themselves, which the checks read
 * @param met what the handlers write to
 * @param mend takes the faults away that last until then
 */
record Books(RevenueRepository kept, RevenueRepository met, Runnable mend) {
    private static final long SEED = 20_101_201;

    static Books of(Settings settings) {
        RevenueRepository kept = new InMemoryRevenueRepository();
        RevenueRepository met = settings.isRehearsed() ? new StumblingRepository(kept) : kept;
        if (settings.faults().failures() > 0) {
            met = new UnreliableRepository(met, settings.faults().failures(), new Random(SEED));
        }
        String poison = settings.poisoned();
        if (poison == null) {
            return new Books(kept, met, () -> {});
        }
        PoisonedRepository poisoned = new PoisonedRepository(met, poison);
        return new Books(kept, poisoned, poisoned::mend);
    }
}
