/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.breaker.CircuitBreaker;
import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.observe.Signal;
import dev.eventbus.spi.Clocks;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The circuit breakers of a bus by name: those that it was built with, which subscriptions share, and those that single
 * subscriptions have for themselves. Thread-safe.
 */
public final class Breakers {
    private final Clocks clocks;
    private final Signals signals;
    private final Map<String, CircuitBreaker> shared;
    private final Map<String, CircuitBreaker> own = new ConcurrentHashMap<>(); // at most one for each open subscription

    /**
     * Creates the shared ones.
     *
     * @param shared policies by name
     * @param clocks the time
     * @param signals who is told of changes
     */
    public Breakers(Map<String, CircuitBreakerPolicy> shared, Clocks clocks, Signals signals) {
        this.clocks = clocks;
        this.signals = signals;
        this.shared = new ConcurrentHashMap<>();
        shared.forEach((name, policy) -> this.shared.put(name, create(name, policy)));
    }

    private CircuitBreaker create(String name, CircuitBreakerPolicy policy) {
        CircuitBreaker breaker = CircuitBreaker.create(name, policy, clocks);
        if (signals.active()) {
            Runnable unused = breaker.onChange(change -> signals
                    .tell(new Signal.CircuitChanged(name, change.from(), change.to())));
        }
        return breaker;
    }

    /**
     * Finds one.
     *
     * @param name its name, or that of its subscription
     * @return the breaker
     * @throws ConfigurationException if there is none of that name
     */
    public CircuitBreaker find(String name) {
        CircuitBreaker found = shared.containsKey(name) ? shared.get(name) : own.get(name);
        if (found == null) {
            throw new ConfigurationException(
                    "circuitBreaker must be one that the bus was built with or that a subscription "
                            + "has, was '" + name + "'; known are " + names());
        }
        return found;
    }

    private List<String> names() {
        return java.util.stream.Stream.concat(shared.keySet().stream(), own.keySet().stream()).sorted().toList();
    }

    /** Makes the one of a subscription; it counts from {@link #opened} on. */
    CircuitBreaker open(String subscription, CircuitBreakerPolicy policy) {
        if (shared.containsKey(subscription)) {
            throw new ConfigurationException("Subscription '" + subscription
                    + "' has a circuit breaker of its own, but the "
                    + "bus has a shared one of that name; rename one, or say circuitBreaker(\"" + subscription + "\")");
        }
        return create(subscription, policy);
    }

    /**
     * Keeps the breaker of a subscription that was opened.
     *
     * @param subscriber the subscription
     */
    public void opened(Subscriber subscriber) {
        CircuitBreaker breaker = subscriber.policies().breaker();
        if (breaker != null && !shared.containsValue(breaker)) {
            own.put(subscriber.name(), breaker);
        }
    }

    /**
     * Forgets the breaker of a subscription that was closed.
     *
     * @param subscriber the subscription
     */
    public void closed(Subscriber subscriber) {
        CircuitBreaker breaker = subscriber.policies().breaker();
        if (breaker != null) {
            own.remove(subscriber.name(), breaker);
        }
    }

    /**
     * Lists all.
     *
     * @return each once, by name
     */
    public List<CircuitBreaker> all() {
        return names().stream().map(this::find).distinct().toList(); // one may serve under several names
    }
}
