/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.breaker.CircuitState;
import dev.eventbus.observe.Signal;
import dev.eventbus.observe.SubscriptionMetrics;
import dev.eventbus.policy.RetryBudgetPolicy;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.testkit.Simulation;
import dev.eventbus.testkit.World;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A dependency that is down for a minute while many events come (B28, R-1, B-1). */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class OutageTest {
    private static final int EVENTS = Integer.getInteger("failure.outage", 25_000);
    private static final int PARTS = 500; // of the minute
    private static final Duration PART = Duration.ofMillis(120);
    private static final int BURST = 200;
    private static final int RATE = 20; // retries in a second
    private static final int PERMITS = 4;

    private boolean down = true;
    private int calls;

    private void call() throws IOException {
        calls++;
        if (down) {
            throw new IOException("planted");
        }
    }

    private static EventBus bus(World world) {
        return EventBus.builder("b").clocks(world.time()).runtime(world.runtime()).random(world.random())
                .lastResort((letter, cause) -> {})
                .retryBudget(RetryBudgetPolicy.of("calls", RATE, Duration.ofSeconds(1))
                        .burst(BURST))
                .build();
    }

    private static void publishForAMinute(World world, EventBus bus) throws InterruptedException {
        for (int part = 0; part < PARTS; part++) {
            for (int i = 0; i < EVENTS / PARTS; i++) {
                bus.publish("event");
            }
            world.sleep(PART);
        }
    }

    /** Returns how many calls there were. */
    private int callsOfAnOutage(RetryPolicy retry) {
        calls = 0;
        Simulation.seed(1).run(world -> {
            EventBus bus = bus(world);
            bus.subscribe("s", s -> s.on(String.class, text -> call()).ordering(Ordering.unordered(64))
                    .buffer(2 * EVENTS).retry(retry));
            publishForAMinute(world, bus);
            assertThat(bus.drain(Duration.ofHours(1))).isTrue();
            SubscriptionMetrics metrics = bus.inspect().metrics().subscriptions().get("s");
            assertThat(metrics.failedAttempts()).isEqualTo(calls);
            assertThat(metrics.deadLettered()).isEqualTo((long) PARTS * (EVENTS / PARTS));
            bus.shutdown(Duration.ZERO);
        });
        return calls;
    }

    @Test
    void a_retry_budget_bounds_the_calls() {
        RetryPolicy retry = RetryPolicy.exponential(Duration.ofMillis(100), Duration.ofSeconds(1)).maxAttempts(4);
        int first = PARTS * (EVENTS / PARTS);
        int retries = BURST + 60 * RATE;

        int without = callsOfAnOutage(retry);
        int with = callsOfAnOutage(retry.budget("calls"));

        System.out.println("outage: " + first + " events in 60 s: " + with + " calls, of which " + (with - first)
                + " are retries (budget: " + retries + "); without a budget " + without + " calls");
        assertThat(with).as("calls: first attempts, and retries of the budget")
                .isLessThanOrEqualTo((first + retries) * 11 / 10);
        assertThat(with - first).as("retries: burst, and 60 s of the rate and one of the last delay")
                .isLessThanOrEqualTo(retries + RATE).isGreaterThan(retries / 2);
        assertThat(without).isEqualTo(4 * first);
    }

    @Test
    void a_breaker_lets_exactly_its_permits_through_each_time_it_half_opens_and_the_recovery_too() {
        List<CircuitState> states = new ArrayList<>();
        int[] running = new int[1];
        List<Integer> trials = new ArrayList<>(); // calls while it was half-open, each time
        Simulation.seed(2).run(world -> {
            EventBus bus = EventBus.builder("b").clocks(world.time()).runtime(world.runtime()).random(world.random())
                    .observe(signal -> {
                        if (signal instanceof Signal.CircuitChanged change) {
                            states.add(change.to());
                            if (change.to() == CircuitState.HALF_OPEN) {
                                trials.add(0);
                            }
                        }
                    }).build();
            bus.subscribe("s", s -> s.on(String.class, text -> {
                boolean trial = bus.circuitBreaker("s").state() == CircuitState.HALF_OPEN;
                if (trial) {
                    trials.set(trials.size() - 1, trials.getLast() + 1);
                    running[0]++;
                    assertThat(running[0]).as("trials at once").isLessThanOrEqualTo(PERMITS);
                }
                world.sleep(Duration.ofMillis(10));
                running[0] -= trial ? 1 : 0;
                call();
            }).ordering(Ordering.unordered(64)).buffer(2 * EVENTS)
                    .retry(RetryPolicy.fixed(Duration.ZERO).maxAttempts(50))
                    .circuitBreaker(CircuitBreakerPolicy.failureRate(0.5).window(20).minimumCalls(20)
                            .openFor(Duration.ofSeconds(5)).halfOpen(PERMITS)));
            publishForAMinute(world, bus);
            int inOutage = calls;
            down = false;
            assertThat(bus.drain(Duration.ofHours(1))).isTrue();

            System.out.println("outage: behind a breaker " + inOutage + " calls in 60 s, half-open " + trials.size()
                    + " times, calls each time " + trials);
            assertThat(inOutage).as("20 to open, those running beside them, and the trials")
                    .isLessThanOrEqualTo(20 + 64 + PERMITS * trials.size());
            assertThat(trials).as("calls each time").hasSizeGreaterThan(10).allMatch(count -> count == PERMITS);
            assertThat(states).endsWith(CircuitState.HALF_OPEN, CircuitState.CLOSED);
            assertThat(bus.deadLetters().size()).isZero();
            bus.shutdown(Duration.ZERO);
        });
    }
}
