/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws how the subscriptions of one run are. Confined to the thread that sets the run up. */
final class Choices {
    private static final Duration TIMEOUT = Duration.ofMillis(20);

    private final RandomGenerator random;

    Choices(RandomGenerator random) {
        this.random = random;
    }

    RetryPolicy retry() {
        return switch (random.nextInt(4)) {
            case 0 -> RetryPolicy.never();
            case 1 -> RetryPolicy.fixed(Duration.ZERO).maxAttempts(2);
            case 2 -> RetryPolicy.fixed(Duration.ofMillis(3)).maxAttempts(3);
            default -> RetryPolicy.exponential(Duration.ofMillis(1), Duration.ofMillis(50)).maxAttempts(4);
        };
    }

    SubscriptionSpec serial(SubscriptionSpec spec) {
        return timed(spec.ordering(Ordering.serial()).buffer(places(), overflow(List.of(Overflow.REJECT,
                Overflow.DEAD_LETTER, Overflow.DROP_OLDEST, Overflow.DROP_NEWEST))));
    }

    SubscriptionSpec keyed(SubscriptionSpec spec) {
        double share = random.nextInt(3) == 0 ? 1 : 0.25;
        return timed(spec.ordering(Ordering.byKey(Told.class, Told::key)).concurrency(1 + random.nextInt(4))
                .keyShare(share)
                .sequenced(random.nextBoolean() ? SequencePolicy.sequenced() : SequencePolicy.none())
                .buffer(places(), overflow(List.of(Overflow.REJECT, Overflow.DEAD_LETTER, Overflow.DROP_NEWEST))));
    }

    SubscriptionSpec unordered(SubscriptionSpec spec) {
        return timed(spec.ordering(Ordering.unordered(1 + random.nextInt(4))).buffer(places(), overflow(List.of(
                Overflow.REJECT, Overflow.DEAD_LETTER, Overflow.DROP_OLDEST, Overflow.DROP_NEWEST))));
    }

    private SubscriptionSpec timed(SubscriptionSpec spec) {
        if (random.nextInt(8) == 0) {
            return spec.timeout(TIMEOUT).warnIfSlowerThan(TIMEOUT.dividedBy(2));
        }
        return random.nextInt(2) == 0 ? spec.timeout(TIMEOUT) : spec;
    }

    private int places() {
        return random.nextInt(4) == 0 ? 64 : 1 + random.nextInt(8);
    }

    private Overflow overflow(List<Overflow> others) {
        return random.nextInt(2) == 0
                ? Overflow.block(Duration.ofMillis(1 + random.nextInt(2_000)))
                : others.get(random.nextInt(others.size()));
    }
}
