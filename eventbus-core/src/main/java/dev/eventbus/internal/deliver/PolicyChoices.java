/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.breaker.CircuitBreaker;
import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.deadletter.WhenFull;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.internal.check.Checks;
import dev.eventbus.internal.rate.TokenBucket;
import dev.eventbus.internal.retry.PolicyFit;
import dev.eventbus.internal.retry.RetryTerms;
import dev.eventbus.policy.FailureAction;
import dev.eventbus.policy.FailureRules;
import dev.eventbus.policy.RateLimit;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.Ordering;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The choices of a subscription about failure. Not thread-safe. */
final class PolicyChoices {
    private static final Duration MAX_WAIT_IN_PUBLISH = Duration.ofSeconds(10);

    private final String name;
    private @Nullable RetryPolicy retry;
    private FailureRules rules = FailureRules.none();
    private final Set<FailureAction> actions = EnumSet.noneOf(FailureAction.class);
    private @Nullable CircuitBreakerPolicy ownBreaker;
    private @Nullable String sharedBreaker;
    private @Nullable IdempotencyPolicy idempotency;
    private @Nullable SequencePolicy sequencing;

    PolicyChoices(String name) {
        this.name = name;
    }

    void retry(RetryPolicy policy) {
        retry = PolicyFit.check(Checks.notNull(policy, "retry"));
    }

    void onFailure(FailureAction action, UnaryOperator<FailureRules> rule) {
        rules = rule.apply(rules);
        actions.add(Checks.notNull(action, "action"));
    }

    void circuitBreaker(CircuitBreakerPolicy policy) {
        ownBreaker = Checks.notNull(policy, "circuitBreaker");
        sharedBreaker = null;
    }

    void circuitBreaker(String shared) {
        sharedBreaker = Checks.name(shared, "circuitBreaker");
        ownBreaker = null;
    }

    void idempotent(IdempotencyPolicy policy) {
        idempotency = Checks.notNull(policy, "idempotent");
    }

    void sequenced(SequencePolicy policy) {
        sequencing = Checks.notNull(policy, "sequenced");
    }

    /* ---------------- the end ---------------- */

    DeliveryPolicies forCaller(SpecBuilder.Defaults defaults) {
        refuse(FailureAction.STOP, "is synchronous: its publishers run the handlers and cannot be stopped; choose "
                + "dispatch(Dispatch.virtualThreads()), or FailureAction.PROPAGATE");
        if (sequencing != null && holds(sequencing)) {
            throw new ConfigurationException(
                    "Subscription '" + name + "' is synchronous: a full sequence cannot hold its "
                            + "publishers; choose dispatch(Dispatch.virtualThreads()), or WhenFull.LAST_RESORT");
        }
        RetryPolicy policy = retry(defaults);
        RetryPolicy bounded = policy.maxElapsed().isPresent()
                ? policy
                : PolicyFit.check(policy.maxElapsed(MAX_WAIT_IN_PUBLISH));
        return policies(defaults, bounded, null, SequencePolicy.none());
    }

    DeliveryPolicies forLanes(SpecBuilder.Defaults defaults, LaneSettings settings, @Nullable RateLimit rate) {
        refuse(FailureAction.PROPAGATE, "propagates failures, but its publishers do not wait for its handlers; choose "
                + "dispatch(Dispatch.synchronous()), or FailureAction.STOP");
        boolean unordered = settings.ordering() instanceof Ordering.Unordered;
        if (unordered && sequencing != null && sequencing.isSequenced()) {
            throw new ConfigurationException("Subscription '" + name + "' is not ordered (ordering="
                    + settings.ordering()
                    + "), so that its dead letters have no sequence; leave sequenced out or choose another ordering");
        }
        if (settings.batch() != null && sequencing != null && holds(sequencing)) {
            throw new ConfigurationException(
                    "Subscription '" + name + "' handles batches, which a full sequence cannot hold; "
                            + "choose WhenFull.LAST_RESORT, or handle single events");
        }
        if (idempotency != null && settings.timeout() != null
                && idempotency.lease().compareTo(settings.timeout()) <= 0) {
            throw new ConfigurationException("Subscription '" + name + "': lease (" + idempotency.lease()
                    + ") must be > timeout (" + settings.timeout()
                    + "), or another attempt could begin while one runs; raise the lease");
        }
        boolean byKey = settings.ordering() instanceof Ordering.ByKey;
        return policies(defaults, retry(defaults), rate, byKey ? SequencePolicy.sequenced() : SequencePolicy.none());
    }

    private static boolean holds(SequencePolicy policy) {
        return policy.isSequenced() && policy.whenFull() == WhenFull.HOLD;
    }

    private void refuse(FailureAction action, String why) {
        if (actions.contains(action)) {
            throw new ConfigurationException("Subscription '" + name + "' " + why);
        }
    }

    private RetryPolicy retry(SpecBuilder.Defaults defaults) {
        return retry == null ? defaults.retry() : retry;
    }

    private DeliveryPolicies policies(SpecBuilder.Defaults defaults, RetryPolicy policy, @Nullable RateLimit rate,
            SequencePolicy unlessChosen) {
        SequencePolicy sequences = sequencing == null ? unlessChosen : sequencing;
        TokenBucket budget = policy.budget().map(defaults.budgets()::find).orElse(null);
        return new DeliveryPolicies(new RetryTerms(PolicyFit.check(policy, rules), rules, budget), idempotency,
                sequences.isSequenced() ? sequences : null, breaker(defaults),
                rate == null ? null : new TokenBucket(rate, defaults.clocks().monotonicNanos()));
    }

    private @Nullable CircuitBreaker breaker(SpecBuilder.Defaults defaults) {
        if (sharedBreaker != null) {
            return defaults.breakers().find(sharedBreaker);
        }
        return ownBreaker == null ? null : defaults.breakers().open(name, ownBreaker);
    }
}
