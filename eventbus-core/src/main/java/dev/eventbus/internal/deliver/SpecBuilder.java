/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.internal.check.Checks;
import dev.eventbus.internal.event.PayloadType;
import dev.eventbus.internal.retry.RetryBudgets;
import dev.eventbus.policy.FailureAction;
import dev.eventbus.policy.RateLimit;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.spi.Clocks;
import dev.eventbus.subscribe.BatchHandler;
import dev.eventbus.subscribe.DeliveryHandler;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.EventFilter;
import dev.eventbus.subscribe.EventHandler;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes down what the user chooses for a subscription, and refuses what contradicts itself. Not thread-safe. */
public final class SpecBuilder implements SubscriptionSpec {
    private final String name;
    private final List<Binding<?>> bindings = new ArrayList<>();
    private final List<FilterBinding<?>> filters = new ArrayList<>();
    private @Nullable Dispatch dispatch;
    private final PolicyChoices policies;
    private final LaneChoices lanes;
    private boolean propagates;
    private boolean ended;

    private SpecBuilder(String name) {
        this.name = name;
        this.policies = new PolicyChoices(name);
        this.lanes = new LaneChoices(name);
    }

    /**
     * What the bus gives to every subscription.
     *
     * @param dispatch threads unless chosen
     * @param retry policy unless chosen
     * @param publisher what handlers publish with
     * @param stripes stripes of hot counters
     * @param budgets retry budgets that subscriptions share
     * @param breakers circuit breakers
     * @param clocks the time
     */
    public record Defaults(Dispatch dispatch, RetryPolicy retry, EventPublisher publisher, int stripes,
            RetryBudgets budgets, Breakers breakers, Clocks clocks) {}

    /**
     * Asks the user and makes the subscriber.
     *
     * @param name name of the subscription
     * @param spec the user's choices
     * @param defaults what counts unless chosen
     * @return the subscriber
     */
    public static Subscriber build(String name, Consumer<SubscriptionSpec> spec, Defaults defaults) {
        SpecBuilder choices = new SpecBuilder(Checks.name(name, "name"));
        Checks.notNull(spec, "spec").accept(choices);
        choices.ended = true;
        choices.requireHandlers();
        Dispatch dispatch = choices.dispatch == null ? defaults.dispatch() : choices.dispatch;
        return switch (dispatch) {
            case Dispatch.Synchronous inCaller -> choices.inCaller(defaults);
            case Dispatch.VirtualThreads onLanes -> choices.onLanes(defaults);
        };
    }

    private Subscriber inCaller(Defaults defaults) {
        lanes.refuseOnSynchronous();
        return new Subscriber(name, this, policies.forCaller(defaults), null, defaults);
    }

    private Subscriber onLanes(Defaults defaults) {
        refusePropagate();
        LaneSettings settings = lanes.settings();
        return new Subscriber(name, this, policies.forLanes(defaults, settings, lanes.rate()), settings, defaults);
    }

    private void refusePropagate() {
        if (propagates) {
            throw new ConfigurationException("Subscription '" + name
                    + "' propagates failures, but its publishers do not wait for its handlers; choose "
                    + "dispatch(Dispatch.synchronous()) or leave propagate() out");
        }
    }

    @Override
    public <E> SubscriptionSpec on(Class<E> type, EventHandler<? super E> handler) {
        return bind(new Binding<>(payloadType(type), Checks.notNull(handler, "handler"), null, null));
    }

    @Override
    public <E> SubscriptionSpec onEvent(Class<E> type, DeliveryHandler<E> handler) {
        return bind(new Binding<>(payloadType(type), null, Checks.notNull(handler, "handler"), null));
    }

    @Override
    public <E> SubscriptionSpec filter(Class<E> type, EventFilter<E> filter) {
        requireOpen();
        filters.add(new FilterBinding<>(payloadType(type), Checks.notNull(filter, "filter")));
        return this;
    }

    @Override
    public <E> SubscriptionSpec handleBatch(Class<E> type, int max, Duration maxWait, BatchHandler<E> handler) {
        BatchHandler<E> given = Checks.notNull(handler, "handler");
        return choose(() -> lanes.batch(max, maxWait)).bind(new Binding<>(payloadType(type), null, null, given));
    }

    @Override
    public SubscriptionSpec retry(RetryPolicy policy) {
        return choose(() -> policies.retry(policy));
    }

    @Override
    public SubscriptionSpec onFailure(Class<? extends Throwable> type, FailureAction action) {
        return choose(() -> policies.onFailure(action, rules -> rules.on(type, action)));
    }

    @Override
    public SubscriptionSpec onFailure(Predicate<Throwable> failure, FailureAction action) {
        return choose(() -> policies.onFailure(action, rules -> rules.on(failure, action)));
    }

    @Override
    public SubscriptionSpec circuitBreaker(CircuitBreakerPolicy policy) {
        return choose(() -> policies.circuitBreaker(policy));
    }

    @Override
    public SubscriptionSpec circuitBreaker(String shared) {
        return choose(() -> policies.circuitBreaker(shared));
    }

    @Override
    public SubscriptionSpec idempotent(IdempotencyPolicy policy) {
        return choose(() -> policies.idempotent(policy));
    }

    @Override
    public SubscriptionSpec sequenced(SequencePolicy policy) {
        return choose(() -> policies.sequenced(policy));
    }

    @Override
    public SubscriptionSpec rateLimit(RateLimit limit) {
        return choose(() -> lanes.rate(limit));
    }

    @Override
    public SubscriptionSpec propagate() {
        requireOpen();
        propagates = true;
        return this;
    }

    @Override
    public SubscriptionSpec dispatch(Dispatch value) {
        requireOpen();
        dispatch = Checks.notNull(value, "dispatch");
        return this;
    }

    @Override
    public SubscriptionSpec ordering(Ordering value) {
        return choose(() -> lanes.ordering(value));
    }

    @Override
    public SubscriptionSpec concurrency(int value) {
        return choose(() -> lanes.concurrency(value));
    }

    @Override
    public SubscriptionSpec buffer(int places) {
        return choose(() -> lanes.buffer(places));
    }

    @Override
    public SubscriptionSpec buffer(int places, Overflow overflow) {
        return choose(() -> lanes.buffer(places, overflow));
    }

    @Override
    public SubscriptionSpec keyShare(double share) {
        return choose(() -> lanes.keyShare(share));
    }

    @Override
    public SubscriptionSpec timeout(Duration value) {
        return choose(() -> lanes.timeout(value));
    }

    @Override
    public SubscriptionSpec warnIfSlowerThan(Duration value) {
        return choose(() -> lanes.warnIfSlowerThan(value));
    }

    private SpecBuilder choose(Runnable choice) {
        requireOpen();
        choice.run();
        return this;
    }

    List<Binding<?>> bindings() {
        return bindings;
    }

    List<FilterBinding<?>> filters() {
        return filters;
    }

    boolean propagates() {
        return propagates;
    }

    private SpecBuilder bind(Binding<?> binding) {
        requireOpen();
        if (bindings.stream().anyMatch(other -> other.type() == binding.type())) {
            throw new ConfigurationException("Subscription '" + name + "' has a handler for " + binding.type().getName()
                    + " already; handle the type once, or open a second subscription");
        }
        bindings.add(binding);
        return this;
    }

    private static <E> Class<E> payloadType(Class<E> type) {
        if (Checks.notNull(type, "type").isPrimitive()) {
            throw new ConfigurationException("type must be one that objects have, was " + type.getName()
                    + "; subscribe to its wrapper class");
        }
        PayloadType.of(type); // refuses an annotation that cannot be used
        return type;
    }

    private void requireHandlers() {
        if (lanes.batches() && bindings.size() > 1) {
            throw new ConfigurationException("Subscription '" + name + "' handles batches of one type and has "
                    + bindings.size() + " handlers; open a second subscription for the others");
        }
        if (bindings.isEmpty()) {
            throw new ConfigurationException(
                    "Subscription '" + name + "' has no handler; say what it takes with on(...) or onEvent(...)");
        }
        for (FilterBinding<?> filter : filters) {
            if (bindings.stream().noneMatch(binding -> canMeet(filter.type(), binding.type()))) {
                throw new ConfigurationException("Subscription '" + name + "' filters " + filter.type().getName()
                        + ", which none of its handlers takes; filter one of the handled types");
            }
        }
    }

    // Two classes that do not extend each other have no common instance; an interface may be implemented by either.
    private static boolean canMeet(Class<?> one, Class<?> other) {
        return one.isInterface() || other.isInterface() || one.isAssignableFrom(other) || other.isAssignableFrom(one);
    }

    private void requireOpen() {
        if (ended) {
            throw new ConfigurationException("Subscription '" + name
                    + "' is open already, its choices are made; close it and subscribe again to change them");
        }
    }
}
