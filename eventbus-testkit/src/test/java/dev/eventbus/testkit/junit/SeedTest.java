/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.subscribe.Ordering;
import dev.eventbus.testkit.Shop.OrderPlaced;
import dev.eventbus.testkit.TestEventBus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@EventBusTest
@DisplayNameGeneration(ReplaceUnderscores.class)
class SeedTest {
    // @start region="seed"
    @Test
    @Seed(17)
    void what_a_seed_draws_is_the_same_in_every_run(TestEventBus bus) {
        List<String> log = logOf(bus);

        try (TestEventBus again = TestEventBus.builder().seed(17).build()) {
            assertThat(logOf(again)).isEqualTo(log);
        }
    }
    // @end region="seed"

    private static List<String> logOf(TestEventBus bus) {
        List<String> log = new ArrayList<>();
        bus.subscribe("log", s -> s.on(OrderPlaced.class, placed -> {
            log.add("begins " + placed.id());
            bus.mark("in the middle");
            log.add("ends " + placed.id());
        }).ordering(Ordering.unordered(4)));
        for (int i = 0; i < 20; i++) {
            bus.publish(new OrderPlaced("A-" + i, i));
        }
        bus.awaitIdle();
        return log;
    }
}
