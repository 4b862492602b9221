/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.breaker.CircuitState;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.observe.SubscriptionMetrics;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.testkit.Simulation;
import dev.eventbus.testkit.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One key of 10,000 always fails, is parked in its order, and costs the others nothing (B8, X-2); permits come back (B24). */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(300)
class SequencedPoisonTest {
    private static final int KEYS = 10_000;
    private static final int POISON = 0; // the key
    private static final int EVENTS = Integer.getInteger("stress.sequencedPoison", 200_000);
    private static final int TIMEOUTS = Integer.getInteger("stress.permits", 10_000);
    private static final int PERMITS = 4;

    @Test
    void in_virtual_time_the_healthy_keys_need_as_long_with_the_poison_key_as_without() {
        Duration without = timeOfHealthy(false);
        Duration with = timeOfHealthy(true);

        double throughput = (double) without.toNanos() / with.toNanos();
        System.out.println("sequenced poison: virtual time: " + with + " with, " + without + " without, throughput "
                + Math.round(throughput * 10_000) / 100.0 + " %");
        assertThat(throughput).as("share of the throughput").isGreaterThanOrEqualTo(0.95);
    }

    private static Duration timeOfHealthy(boolean poisoned) {
        Duration[] last = new Duration[1];
        Simulation.seed(1).run(world -> last[0] = run(world, poisoned));
        return last[0];
    }

    // Eight run at once for a millisecond each, and seven come in each: the poison gets what is left.
    private static Duration run(World world, boolean poisoned) throws Exception {
        Duration[] last = new Duration[1];
        EventBus bus = EventBus.builder("b").clocks(world.time()).runtime(world.runtime()).random(world.random())
                .build();
        bus.subscribe("keyed", s -> s.on(Told.class, told -> {
            world.sleep(Duration.ofMillis(1));
            if (told.key() == POISON) {
                throw new PlantedException();
            }
            last[0] = world.elapsed();
        }).ordering(Ordering.byKey(Told.class, Told::key)).concurrency(8).buffer(256)
                .retry(RetryPolicy.fixed(Duration.ofMillis(20)).maxAttempts(4)));
        for (int tick = 0; tick < KEYS / 7; tick++) {
            for (int i = 0; i < 7; i++) {
                bus.publish(Told.of(tick, 1 + tick * 7 + i));
            }
            if (poisoned && tick < 900) { // a sequence has room for 1,000
                bus.publish(Told.of(tick, POISON));
            }
            world.sleep(Duration.ofMillis(1));
        }
        assertThat(bus.drain(Duration.ofHours(1))).isTrue();
        assertThat(numbers(bus, "keyed")).isEqualTo(IntStream.range(0, poisoned ? 900 : 0).boxed().toList());
        bus.shutdown(Duration.ZERO);
        return last[0];
    }

    private static List<Integer> numbers(EventBus bus, String subscription) {
        return bus.deadLetters().find(DeadLetterQuery.all().sequence(subscription, Integer.toString(POISON))).stream()
                .map(letter -> ((Told) letter.event().payload()).number()).toList();
    }

    @Test
    void on_real_threads_the_poison_key_is_parked_in_its_order_and_redriven_in_it() throws Exception {
        int poisoned = EVENTS / 2;
        AtomicIntegerArray handled = new AtomicIntegerArray(EVENTS);
        List<Integer> redriven = new ArrayList<>(); // by one key alone
        Semaphore inFlight = new Semaphore(2_000);
        boolean[] broken = {true};
        try (EventBus bus = EventBus.builder("b").deadLetters(DeadLetterStore.inMemory(EVENTS)).build()) {
            bus.subscribe("keyed", s -> s.on(Told.class, told -> {
                if (told.key() == POISON && broken[0]) {
                    throw new PlantedException();
                } else if (told.key() == POISON) {
                    redriven.add(told.number());
                } else {
                    handled.incrementAndGet(told.number());
                    inFlight.release();
                }
            }).ordering(Ordering.byKey(Told.class, Told::key)).sequenced(SequencePolicy.sequenced().letters(EVENTS))
                    .retry(RetryPolicy.fixed(Duration.ofNanos(100_000)).maxAttempts(3)));
            for (int i = 0; i < poisoned; i++) {
                assertThat(inFlight.tryAcquire(Threads.PATIENCE.toNanos(), TimeUnit.NANOSECONDS)).as("goes on")
                        .isTrue();
                bus.publish(Told.of(i, 1 + i % (KEYS - 1)));
                bus.publish(Told.of(i, POISON));
            }
            assertThat(bus.drain(Threads.PATIENCE)).as("drained").isTrue();
            SubscriptionMetrics metrics = bus.inspect().metrics().subscriptions().get("keyed");
            assertThat(metrics.failedAttempts()).as("attempts of the first poisoned event alone").isEqualTo(3);
            assertThat(numbers(bus, "keyed")).isEqualTo(IntStream.range(0, poisoned).boxed().toList());
            assertThat(IntStream.range(0, poisoned).filter(i -> handled.get(i) != 1)).as("not handled once").isEmpty();

            broken[0] = false;
            assertThat(bus.deadLetters().redrive(DeadLetterQuery.all())).isEqualTo(new RedriveReport(poisoned, 0, 0));
            assertThat(redriven).isEqualTo(IntStream.range(0, poisoned).boxed().toList());
            System.out.println("sequenced poison: real threads: " + metrics.handled() + " healthy handled, " + poisoned
                    + " parked and redriven in order");
        }
    }

    @Test
    void permits_of_handlers_that_time_out_come_back_each_time() {
        Simulation.seed(3).run(world -> {
            int[] calls = new int[1];
            boolean[] stuck = {true};
            EventBus bus = EventBus.builder("b").clocks(world.time()).runtime(world.runtime()).random(world.random())
                    .build();
            bus.subscribe("s", s -> s.on(Told.class, told -> {
                calls[0]++;
                if (stuck[0]) {
                    world.sleep(Duration.ofSeconds(100));
                }
            }).ordering(Ordering.unordered(16)).timeout(Duration.ofMillis(100)).buffer(2 * TIMEOUTS)
                    .retry(RetryPolicy.fixed(Duration.ZERO).maxAttempts(TIMEOUTS))
                    .circuitBreaker(CircuitBreakerPolicy.failureRate(1).window(PERMITS).minimumCalls(PERMITS)
                            .openFor(Duration.ofMillis(900)).halfOpen(PERMITS)));
            for (int number = 0; number < 100; number++) {
                bus.publish(Told.of(number, 0));
            }
            world.sleep(Duration.ofSeconds(TIMEOUTS / PERMITS));
            SubscriptionMetrics metrics = bus.inspect().metrics().subscriptions().get("s");
            assertThat(calls[0]).as("four each second").isBetween(TIMEOUTS - PERMITS, TIMEOUTS + 2 * 16);
            assertThat(metrics.abandoned()).isZero();

            stuck[0] = false;
            assertThat(bus.drain(Duration.ofMinutes(1))).as("recovers").isTrue();
            assertThat(bus.circuitBreaker("s").state()).isEqualTo(CircuitState.CLOSED);
            System.out.println("permits: " + metrics.timedOut() + " timeouts, " + calls[0] + " calls, recovered");
            bus.shutdown(Duration.ZERO);
        });
    }
}
