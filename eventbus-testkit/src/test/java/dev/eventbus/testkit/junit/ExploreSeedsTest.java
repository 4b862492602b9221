/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.subscribe.Ordering;
import dev.eventbus.testkit.Shop.OrderPlaced;
import dev.eventbus.testkit.TestEventBus;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ExploreSeedsTest {
    /** Adds without excluding others: between reading and writing the total somebody else may write it. */
    private static final class Till {
        private int total;

        void add(TestEventBus bus, int amount) {
            int before = total;
            bus.mark("between reading and writing");
            total = before + amount;
        }
    }

    // Of its own class, so that it is run by the tests below alone: it is meant to fail.
    static final class Cases {
        @EventBusTest
        static final class Racing {
            private final Till till = new Till();

            // @start region="explore"
            @ExploreSeeds(1_000)
            void the_till_holds_what_was_paid(TestEventBus bus) {
                bus.subscribe("till", s -> s.on(OrderPlaced.class, placed -> till.add(bus, placed.total()))
                        .ordering(Ordering.unordered(2)));
                bus.publish(new OrderPlaced("A-1", 10));
                bus.publish(new OrderPlaced("A-2", 20));
                bus.awaitIdle();

                assertThat(till.total).isEqualTo(30);
            }
            // @end region="explore"
        }

        @EventBusTest
        static final class Serial {
            private final Till till = new Till();

            @ExploreSeeds(1_000)
            void the_till_holds_what_was_paid(TestEventBus bus) {
                bus.subscribe(OrderPlaced.class, "till", placed -> till.add(bus, placed.total()));
                bus.publish(new OrderPlaced("A-1", 10));
                bus.publish(new OrderPlaced("A-2", 20));
                bus.awaitIdle();

                assertThat(till.total).isEqualTo(30);
            }
        }

        @EventBusTest
        static final class FailingHandler {
            @ExploreSeeds(200)
            void fails_at_its_end(TestEventBus bus) {
                bus.subscribe(OrderPlaced.class, "till", placed -> {
                    throw new IllegalStateException();
                });
                bus.publish(new OrderPlaced("A-1", 10));
            }
        }

        @EventBusTest
        static final class Nonsense {
            @ExploreSeeds(0)
            void nothing(TestEventBus bus) {
                bus.awaitIdle();
            }
        }
    }

    @Test
    void finds_a_race_and_prints_the_seed_that_shows_it_again() {
        Launched launched = Launched.run(Cases.Racing.class);

        long failed = launched.failures().values().stream().filter(failure -> failure.isPresent()).count();
        assertThat(failed).as("the first that fails is the last").isEqualTo(1);
        int seed = launched.failures().size(); // from 1 on
        assertThat(launched.failureOf("the_till_holds_what_was_paid(TestEventBus), seed " + seed))
                .hasMessageContaining("30");
        assertThat(launched.err()).contains("repeat it with @Seed(" + seed + "L)", "#1 OrderPlaced: till handled");
        assertThat(launched.out()).contains("the_till_holds_what_was_paid(TestEventBus): " + seed + " seeds, ",
                ", the last one failed");
    }

    @Test
    void sees_many_interleavings_and_none_where_there_is_no_race() {
        Launched launched = Launched.run(Cases.Serial.class);

        assertThat(launched.failures()).hasSize(1_000).values().allSatisfy(failure -> assertThat(failure).isEmpty());
        Matcher printed = Pattern.compile("1000 seeds, (\\d+) interleavings").matcher(launched.out());
        assertThat(printed.find()).isTrue();
        assertThat(Integer.parseInt(printed.group(1))).isGreaterThanOrEqualTo(100);
        System.out.print(launched.out());
    }

    @Test
    void a_failure_that_is_found_after_the_test_stops_it_too() {
        assertThat(Launched.run(Cases.FailingHandler.class).failures()).hasSize(1);
    }

    @Test
    void no_seed_is_no_test() {
        Launched launched = Launched.run(Cases.Nonsense.class);

        assertThat(launched.failures()).isEmpty();
    }
}
