/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.check.Checks;
import dev.eventbus.internal.event.PayloadType;
import dev.eventbus.internal.retry.PolicyFit;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.EventPublisher;
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
import org.jspecify.annotations.Nullable;

/** Takes down what the user chooses for a subscription, and refuses what contradicts itself. Not thread-safe. */
public final class SpecBuilder implements SubscriptionSpec {
    private static final Duration MAX_WAIT_IN_PUBLISH = Duration.ofSeconds(10);

    private final String name;
    private final List<Binding<?>> bindings = new ArrayList<>();
    private final List<FilterBinding<?>> filters = new ArrayList<>();
    private @Nullable RetryPolicy retry;
    private @Nullable Dispatch dispatch;
    private final LaneChoices lanes;
    private boolean propagates;
    private boolean ended;

    private SpecBuilder(String name) {
        this.name = name;
        this.lanes = new LaneChoices(name);
    }

    /**
     * What the bus gives to every subscription.
     *
     * @param dispatch threads unless chosen
     * @param retry policy unless chosen
     * @param publisher what handlers publish with
     * @param stripes stripes of hot counters
     */
    public record Defaults(Dispatch dispatch, RetryPolicy retry, EventPublisher publisher, int stripes) {}

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
        RetryPolicy retry = choices.retry == null ? defaults.retry() : choices.retry;
        return switch (dispatch) {
            case Dispatch.Synchronous inCaller -> {
                choices.lanes.refuseOnSynchronous();
                yield new Subscriber(name, choices, withinPublish(retry), null, defaults);
            }
            case Dispatch.VirtualThreads onLanes -> {
                choices.refusePropagate();
                yield new Subscriber(name, choices, retry, choices.lanes.settings(), defaults);
            }
        };
    }

    private static RetryPolicy withinPublish(RetryPolicy retry) {
        return retry.maxElapsed().isPresent() ? retry : PolicyFit.check(retry.maxElapsed(MAX_WAIT_IN_PUBLISH));
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
        return bind(new Binding<>(payloadType(type), Checks.notNull(handler, "handler"), null));
    }

    @Override
    public <E> SubscriptionSpec onEvent(Class<E> type, DeliveryHandler<E> handler) {
        return bind(new Binding<>(payloadType(type), null, Checks.notNull(handler, "handler")));
    }

    @Override
    public <E> SubscriptionSpec filter(Class<E> type, EventFilter<E> filter) {
        requireOpen();
        filters.add(new FilterBinding<>(payloadType(type), Checks.notNull(filter, "filter")));
        return this;
    }

    @Override
    public SubscriptionSpec retry(RetryPolicy policy) {
        requireOpen();
        retry = PolicyFit.check(Checks.notNull(policy, "retry"));
        return this;
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

    private SubscriptionSpec choose(Runnable choice) {
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

    private SubscriptionSpec bind(Binding<?> binding) {
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
