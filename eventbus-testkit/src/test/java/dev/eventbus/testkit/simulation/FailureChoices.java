/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.deadletter.WhenFull;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.policy.FailureAction;
import dev.eventbus.policy.RateLimit;
import dev.eventbus.policy.RetryBudgetPolicy;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import dev.eventbus.subscribe.SubscriptionSpec;
import dev.eventbus.testkit.SubscriptionKind;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Draws what the subscriptions of one run do about failure. Confined to the thread that sets the run up. */
final class FailureChoices {
    static final String SHARED = "dependency";
    static final String BUDGET = "retries";
    private static final Duration TIMEOUT = Duration.ofMillis(20);

    /** A breaker's policy, and the calls that it lets pass in half-open. */
    record Breaker(CircuitBreakerPolicy policy, int permits) {}

    private final RandomGenerator random;
    private final Choices choices;

    FailureChoices(RandomGenerator random) {
        this.random = random;
        this.choices = new Choices(random);
    }

    Feature feature(String name, SubscriptionKind kind) {
        boolean lanes = kind != SubscriptionKind.SYNCHRONOUS;
        int breaker = random.nextInt(3);
        int batch = kind == SubscriptionKind.SERIAL && random.nextBoolean() ? batch() : 1;
        return new Feature(name, kind, batch,
                breaker == 0 ? breaker() : null, breaker == 1 ? SHARED : null,
                lanes && random.nextInt(3) == 0 ? rate() : null, retry(), idempotent(),
                sequenced(kind, lanes && batch == 1),
                lanes && random.nextBoolean() ? TIMEOUT : null);
    }

    private int batch() {
        return 2 + random.nextInt(4);
    }

    Breaker breaker() {
        int calls = 2 + random.nextInt(5);
        CircuitBreakerPolicy policy = CircuitBreakerPolicy.failureRate(0.2 + 0.1 * random.nextInt(4));
        policy = random.nextInt(3) == 0
                ? policy.window(Duration.ofMillis(20)).minimumCalls(calls)
                : policy.window(calls).minimumCalls(1 + random.nextInt(calls));
        Duration open = Duration.ofMillis(1 + random.nextInt(15));
        policy = random.nextBoolean() ? policy.openFor(open) : policy.openFor(open, open.multipliedBy(4));
        policy = random.nextInt(4) == 0 ? policy.slowCalls(Duration.ofMillis(2), 0.5) : policy;
        int permits = 1 + random.nextInt(3);
        return new Breaker(policy.halfOpen(permits).halfOpenAtMost(Duration.ofMillis(5 + random.nextInt(50)))
                .ignoreOn(Planted.Ignored.class), permits);
    }

    RateLimit rate() {
        return RateLimit.of(1 + random.nextInt(8), Duration.ofMillis(1 + random.nextInt(4)))
                .burst(1 + random.nextInt(4));
    }

    RetryBudgetPolicy budget() {
        return RetryBudgetPolicy.of(BUDGET, 1 + random.nextInt(10), Duration.ofMillis(20))
                .burst(1 + random.nextInt(20));
    }

    private RetryPolicy retry() {
        RetryPolicy policy = choices.retry();
        return policy.maxAttempts() > 1 && random.nextBoolean() ? policy.budget(BUDGET) : policy;
    }

    private @Nullable IdempotencyPolicy idempotent() {
        Duration retention = Duration.ofMillis(random.nextInt(3) == 0 ? 5 : 60_000);
        return switch (random.nextInt(4)) {
            case 0 -> IdempotencyPolicy.byEventId(retention);
            case 1 -> IdempotencyPolicy.byKey(Told.class, told -> told.number() / 4, retention);
            default -> null;
        };
    }

    private SequencePolicy sequenced(SubscriptionKind kind, boolean mayHold) {
        if (kind == SubscriptionKind.UNORDERED || random.nextInt(4) == 0) {
            return SequencePolicy.none();
        }
        SequencePolicy policy = SequencePolicy.sequenced().letters(1 + random.nextInt(20));
        return mayHold && random.nextBoolean() ? policy.whenFull(WhenFull.HOLD) : policy;
    }

    /** Says to a subscription what was drawn for it, its handler apart. */
    void apply(Feature feature, SubscriptionSpec spec) {
        spec.retry(feature.retry()).onFailure(Planted.Final.class, FailureAction.DEAD_LETTER);
        if (feature.hasLanes()) {
            spec.onFailure(Planted.Stopping.class, FailureAction.STOP);
        } else {
            spec.dispatch(Dispatch.synchronous());
        }
        if (feature.retry().maxAttempts() > 1) {
            spec.onFailure(AssertionError.class::isInstance, FailureAction.RETRY);
        }
        if (feature.kind() != SubscriptionKind.UNORDERED) {
            spec.sequenced(feature.sequenced());
        }
        guard(feature, spec);
        order(feature, spec);
    }

    private static void guard(Feature feature, SubscriptionSpec spec) {
        if (feature.ownBreaker() != null) {
            spec.circuitBreaker(feature.ownBreaker().policy());
        } else if (feature.shared() != null) {
            spec.circuitBreaker(feature.shared());
        }
        if (feature.rate() != null) {
            spec.rateLimit(feature.rate());
        }
        if (feature.idempotent() != null) {
            spec.idempotent(feature.idempotent());
        }
        if (feature.timeout() != null) {
            spec.timeout(feature.timeout());
        }
    }

    private void order(Feature feature, SubscriptionSpec spec) {
        switch (feature.kind()) {
            case SERIAL -> spec.ordering(Ordering.serial()).buffer(feature.batch() + places(), overflow());
            case KEYED -> spec.ordering(Ordering.byKey(Told.class, Told::key)).concurrency(1 + random.nextInt(4))
                    .buffer(places(), overflow());
            case UNORDERED -> spec.ordering(Ordering.unordered(1 + random.nextInt(4))).buffer(places(), overflow());
            case SYNCHRONOUS -> {
                // Has no lanes.
            }
        }
    }

    private int places() {
        return random.nextInt(3) == 0 ? 64 : 2 + random.nextInt(8);
    }

    private Overflow overflow() {
        return switch (random.nextInt(5)) {
            case 0 -> Overflow.REJECT;
            case 1 -> Overflow.DEAD_LETTER;
            case 2 -> Overflow.DROP_NEWEST;
            default -> Overflow.block(Duration.ofMillis(1 + random.nextInt(50)));
        };
    }
}
