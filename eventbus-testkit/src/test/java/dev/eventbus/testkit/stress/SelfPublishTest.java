/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.observe.SubscriptionMetrics;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A handler that publishes to its own subscription, again and again, never hangs (M-2, P-6). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SelfPublishTest {
    private static final int EVENTS = Integer.getInteger("stress.selfPublishes", 1_000_000); // in all cases together
    private static final int CASES = 8;

    static Stream<Arguments> subscriptions() {
        Consumer<SubscriptionSpec> serial = s -> s.ordering(Ordering.serial());
        Consumer<SubscriptionSpec> sameKey = s -> s.ordering(Ordering.byKey(Told.class, told -> 0));
        Consumer<SubscriptionSpec> otherKey = s -> s
                .ordering(Ordering.byKey(Told.class, Told::number));
        Consumer<SubscriptionSpec> unordered = s -> s.ordering(Ordering.unordered(4));
        return Stream.of(1, 8_192).flatMap(places -> Stream.of(Arguments.of("serial", places, serial),
                Arguments.of("same key", places, sameKey), Arguments.of("another key", places, otherKey),
                Arguments.of("unordered", places, unordered)));
    }

    @ParameterizedTest(name = "{0}, {1} places")
    @MethodSource("subscriptions")
    void a_handler_publishes_to_itself_for_as_long_as_it_likes(String name, int places,
            Consumer<SubscriptionSpec> order) throws Exception {
        int events = EVENTS / CASES;
        CountDownLatch last = new CountDownLatch(1);
        try (EventBus bus = EventBus.builder("b").maxDepth(events).build()) {
            bus.subscribe("self", s -> order.accept(s.on(Told.class, told -> {
                if (told.number() + 1 < events) {
                    bus.publish(new Told(told.number() + 1, 0, told.depth() + 1));
                } else {
                    last.countDown();
                }
            }).buffer(places)));

            bus.publish(Told.of(0, 0));

            Threads.await(last, "the last of " + events + " events, " + name + ", places=" + places);
            assertThat(bus.drain(Threads.PATIENCE)).as("drained").isTrue();
            SubscriptionMetrics metrics = bus.inspect().metrics().subscriptions().get("self");
            assertThat(metrics.handled()).isEqualTo(events);
            assertThat(metrics.deadLettered()).isZero();
            System.out.println("self-publish: " + name + ", places=" + places + ": " + metrics.handled() + " handled");
        }
    }
}
