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
import dev.eventbus.subscribe.EventFilter;
import dev.eventbus.subscribe.EventHandler;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes down what the user chooses for a subscription, and refuses what contradicts itself. Not thread-safe. */
public final class SpecBuilder implements SubscriptionSpec {
    private final String name;
    private final List<Binding<?>> bindings = new ArrayList<>();
    private final List<FilterBinding<?>> filters = new ArrayList<>();
    private @Nullable RetryPolicy retry;
    private boolean propagates;
    private boolean ended;

    private SpecBuilder(String name) {
        this.name = name;
    }

    /**
     * Asks the user and makes the subscriber.
     *
     * @param name name of the subscription
     * @param spec the user's choices
     * @param busRetry policy unless chosen
     * @param publisher what handlers publish with
     * @param stripes stripes of its hot counter
     * @return the subscriber
     */
    public static Subscriber build(String name, Consumer<SubscriptionSpec> spec, RetryPolicy busRetry,
            EventPublisher publisher, int stripes) {
        SpecBuilder choices = new SpecBuilder(Checks.name(name, "name"));
        Checks.notNull(spec, "spec").accept(choices);
        choices.ended = true;
        choices.requireHandlers();
        RetryPolicy own = choices.retry;
        return new Subscriber(name, choices, own == null ? busRetry : own, publisher, stripes);
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
