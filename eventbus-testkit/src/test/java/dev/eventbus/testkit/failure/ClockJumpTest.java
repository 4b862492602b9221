/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RateLimit;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.subscribe.SubscriptionSpec;
import dev.eventbus.testkit.TestEventBus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever waits, waits on the monotonic clock: a wall clock that jumps by hours changes no moment of it (B33). */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class ClockJumpTest {
    private static final Duration STEP = Duration.ofMillis(250);
    private static final int STEPS = 480; // two minutes
    private static final PublishOptions SAME = PublishOptions.options().id(new UUID(7, 7));

    private final List<String> log = new ArrayList<>();

    /** Has something wait of every kind, for two minutes; returns what happened, each with its moment. */
    private List<String> history(LongFunction<Duration> jumpAtStep) {
        log.clear();
        try (TestEventBus bus = TestEventBus.builder().configure(b -> b.deadLetterRetention(Duration.ofSeconds(40)))
                .build()) {
            failing(bus, "retries", s -> s.retry(RetryPolicy.fixed(Duration.ofSeconds(10)).maxAttempts(5)));
            failing(bus, "breaker", s -> s.retry(RetryPolicy.fixed(Duration.ZERO).maxAttempts(6))
                    .circuitBreaker(CircuitBreakerPolicy.failureRate(1).window(1).minimumCalls(1)
                            .openFor(Duration.ofSeconds(15))));
            handling(bus, "rate", s -> s.rateLimit(RateLimit.of(1, Duration.ofSeconds(7)).burst(1)));
            handling(bus, "idempotent", s -> s.idempotent(IdempotencyPolicy.byEventId(Duration.ofSeconds(50))));
            bus.subscribe("batch", s -> s.handleBatch(String.class, 100, Duration.ofSeconds(20),
                    deliveries -> note(bus, "batch of " + deliveries.size())));
            bus.subscribe(Integer.class, "scheduled", number -> note(bus, "scheduled " + number));
            begin(bus);
            for (int step = 0; step < STEPS; step++) {
                bus.time().jumpWall(jumpAtStep.apply(step));
                bus.advance(STEP);
                if (step % 80 == 79) {
                    bus.publish("again", SAME);
                }
            }
            end(bus);
        }
        return List.copyOf(log);
    }

    private static void begin(TestEventBus bus) {
        bus.publish("first", SAME);
        bus.publish("second");
        bus.publish("short", PublishOptions.options().expiresAfter(Duration.ofSeconds(3)));
        bus.publishAfter(Duration.ofSeconds(90), 1);
        bus.publishAt(Instant.ofEpochMilli(bus.time().wallMillis()).plusSeconds(60), 2);
        bus.runUntilIdle();
    }

    private void end(TestEventBus bus) {
        bus.recorded().signals(Signal.class).stream().filter(signal -> signal instanceof Signal.Ended
                || signal instanceof Signal.LetterExpired)
                .forEach(signal -> log.add(signal.getClass().getSimpleName()));
        var metrics = bus.eventBus().inspect().metrics();
        log.add("letters " + metrics.deadLetters() + ", expired " + metrics.expiredLetters());
        metrics.subscriptions().forEach((name, of) -> log.add(name + " " + of));
        bus.recorded().expectFailuresOf("retries");
        bus.recorded().expectFailuresOf("breaker");
    }

    @SuppressWarnings("ReturnValueIgnored") // a specification is changed in place
    private void failing(TestEventBus bus, String name, UnaryOperator<SubscriptionSpec> more) {
        bus.subscribe(name, s -> more.apply(s.on(String.class, text -> {
            note(bus, name + " " + text);
            throw new IOException("planted");
        })));
    }

    @SuppressWarnings("ReturnValueIgnored") // the same
    private void handling(TestEventBus bus, String name, UnaryOperator<SubscriptionSpec> more) {
        bus.subscribe(name, s -> more.apply(s.on(String.class, text -> note(bus, name + " " + text))));
    }

    private void note(TestEventBus bus, String text) {
        log.add(bus.time().elapsed() + " " + text);
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 5, -1_000, 1_000})
    void one_jump_of_hours_changes_nothing(int hours) {
        List<String> expected = history(step -> Duration.ZERO);

        assertThat(history(step -> step == 3 ? Duration.ofHours(hours) : Duration.ZERO)).isEqualTo(expected);
    }

    @Test
    void a_clock_that_jumps_to_and_fro_at_each_step_changes_nothing() {
        List<String> expected = history(step -> Duration.ZERO);

        assertThat(history(step -> Duration.ofHours(step % 2 == 0 ? 3 : -4))).isEqualTo(expected);
    }

    @Test
    void a_clock_that_stands_still_changes_nothing() {
        List<String> expected = history(step -> Duration.ZERO);

        assertThat(history(step -> STEP.negated())).isEqualTo(expected);
    }

    @Test
    void without_a_jump_everything_that_waits_comes_when_it_is_due() {
        List<String> events = history(step -> Duration.ZERO);

        assertThat(events).contains("PT10S retries first", "PT20S retries first", "PT30S retries first",
                "PT40S retries first", "PT15S breaker first", "PT30S breaker first", "PT0S rate first",
                "PT7S rate second",
                "PT0S idempotent first", "PT1M scheduled 2", "PT1M30S scheduled 1", "PT20S batch of 2");
        assertThat(events).as("again at 20, 40, 60 s and so on: a duplicate for 50 s").contains("PT1M idempotent again")
                .doesNotContain("PT20S idempotent again", "PT40S idempotent again", "PT1M20S idempotent again");
        assertThat(events).contains("LetterExpired", "Ended");
    }
}
