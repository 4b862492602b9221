/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.observe.Signal;
import dev.eventbus.observe.SubscriptionMetrics;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import dev.eventbus.testkit.Simulation;
import dev.eventbus.testkit.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A key that always fails, with half of all events, costs the other keys nothing (B8, O-2). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PoisonIsolationTest {
    private static final int POISON = -1; // the key
    private static final int SEEDS = Integer.getInteger("stress.poisonSeeds", 20);
    private static final int TICKS = 500; // of a millisecond each
    private static final int HEALTHY_PER_TICK = 7; // a handler takes a millisecond, and eight may run: one place is left
    private static final int CONCURRENCY = 8;
    private static final RetryPolicy RETRY = RetryPolicy.fixed(Duration.ofMillis(20)).maxAttempts(4);

    @Test
    void in_virtual_time_the_healthy_keys_need_as_long_with_poison_as_without() {
        double worst = 1;
        Duration longest = Duration.ZERO;
        for (long seed = 0; seed < SEEDS; seed++) {
            Duration without = timeOfHealthy(seed, 0);
            Duration with = timeOfHealthy(seed, HEALTHY_PER_TICK);
            double throughput = (double) without.toNanos() / with.toNanos();
            worst = Math.min(worst, throughput);
            longest = longest.compareTo(with) > 0 ? longest : with;
        }
        System.out.println("poison: virtual time, " + SEEDS + " seeds: " + TICKS * HEALTHY_PER_TICK
                + " healthy events beside as many poisoned ones took " + longest + " at most, throughput "
                + Math.round(worst * 10_000) / 100.0 + " % of that without poison at least");
        assertThat(worst).as("share of the throughput").isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void in_virtual_time_the_figures_are_the_same_in_each_run() {
        assertThat(timeOfHealthy(1, HEALTHY_PER_TICK)).isEqualTo(timeOfHealthy(1, HEALTHY_PER_TICK));
    }

    /** Returns the virtual time until the last healthy event was handled. */
    private static Duration timeOfHealthy(long seed, int poisonPerTick) {
        Duration[] end = new Duration[1];
        Simulation.seed(seed).run(world -> end[0] = run(world, poisonPerTick));
        return end[0];
    }

    private static Duration run(World world, int poisonPerTick) throws Exception {
        int[] handled = new int[1];
        Duration[] last = new Duration[1];
        List<Integer> exhausted = new ArrayList<>();
        EventBus bus = EventBus.builder("b").clocks(world.time()).runtime(world.runtime()).random(world.random())
                .observe(signal -> {
                    if (signal instanceof Signal.DeadLettered dead
                            && dead.letter().reason() == DeadLetterReason.ATTEMPTS_EXHAUSTED) {
                        exhausted.add(((Told) dead.event().payload()).number());
                    }
                }).build();
        bus.subscribe("keyed", s -> s.on(Told.class, told -> {
            world.sleep(Duration.ofMillis(1));
            if (told.key() == POISON) {
                throw new PlantedException();
            }
            handled[0]++;
            last[0] = world.elapsed();
        }).ordering(Ordering.byKey(Told.class, Told::key)).concurrency(CONCURRENCY).buffer(256, Overflow.DEAD_LETTER)
                .sequenced(SequencePolicy.none())
                .retry(RETRY));
        for (int tick = 0; tick < TICKS; tick++) {
            for (int i = 0; i < HEALTHY_PER_TICK; i++) {
                bus.publish(Told.of(tick, tick * HEALTHY_PER_TICK + i));
            }
            for (int i = 0; i < poisonPerTick; i++) {
                bus.publish(Told.of(tick * poisonPerTick + i, POISON));
            }
            world.sleep(Duration.ofMillis(1));
        }
        assertThat(bus.drain(Duration.ofHours(1))).isTrue();
        SubscriptionMetrics metrics = bus.inspect().metrics().subscriptions().get("keyed");
        assertThat(handled[0]).isEqualTo(TICKS * HEALTHY_PER_TICK).isEqualTo((int) metrics.handled());
        assertThat(metrics.deadLettered()).isEqualTo((long) TICKS * poisonPerTick);
        assertThat(exhausted).as("the poisoned ones are given up in their order").isSorted();
        bus.shutdown(Duration.ZERO);
        return last[0];
    }

    @Test
    void on_real_threads_every_healthy_event_is_handled_once_and_every_poisoned_one_is_a_dead_letter()
            throws Exception {
        int events = Integer.getInteger("stress.poison", 100_000);
        int keys = 9_999;
        Semaphore healthyInFlight = new Semaphore(2_000); // the buffer has room for these and for the share of the poison
        Map<Integer, AtomicInteger> handled = new ConcurrentHashMap<>();
        Queue<Integer> exhausted = new ConcurrentLinkedQueue<>();
        Map<DeadLetterReason, AtomicInteger> reasons = new ConcurrentSkipListMap<>();
        Queue<DeadLetterReason> healthyLetters = new ConcurrentLinkedQueue<>();
        try (EventBus bus = EventBus.builder("b").lastResort((letter, cause) -> {}).observe(signal -> {
            if (signal instanceof Signal.DeadLettered dead) {
                if (((Told) dead.event().payload()).key() != POISON) {
                    healthyLetters.add(dead.letter().reason()); // an observer has nobody to throw to
                }
                reasons.computeIfAbsent(dead.letter().reason(), unused -> new AtomicInteger()).incrementAndGet();
                if (dead.letter().reason() == DeadLetterReason.ATTEMPTS_EXHAUSTED) {
                    exhausted.add(((Told) dead.event().payload()).number());
                }
            }
        }).build()) {
            bus.subscribe("keyed", s -> s.on(Told.class, told -> {
                if (told.key() == POISON) {
                    throw new PlantedException();
                }
                handled.computeIfAbsent(told.number(), unused -> new AtomicInteger()).incrementAndGet();
                healthyInFlight.release();
            }).ordering(Ordering.byKey(Told.class, Told::key)).buffer(8_192, Overflow.DEAD_LETTER)
                    .sequenced(SequencePolicy.none())
                    .retry(RetryPolicy.fixed(Duration.ofNanos(100_000)).maxAttempts(3)));
            for (int i = 0; i < events; i += 2) {
                assertThat(healthyInFlight.tryAcquire(Threads.PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                        .as("healthy keys go on")
                        .isTrue();
                bus.publish(Told.of(i, i % keys));
                bus.publish(Told.of(i + 1, POISON));
            }
            assertThat(bus.drain(Threads.PATIENCE)).as("drained").isTrue();

            SubscriptionMetrics metrics = bus.inspect().metrics().subscriptions().get("keyed");
            System.out.println(
                    "poison: real threads: " + metrics.handled() + " healthy handled, " + metrics.deadLettered()
                            + " poisoned dead-lettered " + reasons);
            assertThat(healthyLetters).as("healthy events that became dead letters").isEmpty();
            assertThat(metrics.handled()).isEqualTo(events / 2);
            assertThat(metrics.deadLettered()).isEqualTo(events / 2);
        }
        assertThat(handled).hasSize(events / 2);
        assertThat(handled.values()).allSatisfy(times -> assertThat(times).hasValue(1));
        assertThat(List.copyOf(exhausted)).isNotEmpty().isSorted();
    }
}
