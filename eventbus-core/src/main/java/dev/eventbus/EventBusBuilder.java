/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus;

import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.LastResort;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.idempotency.IdempotencyStore;
import dev.eventbus.internal.check.Checks;
import dev.eventbus.internal.retry.PolicyFit;
import dev.eventbus.internal.route.Validators;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.policy.RetryBudgetPolicy;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.EventValidator;
import dev.eventbus.publish.NoSubscription;
import dev.eventbus.spi.BusRuntime;
import dev.eventbus.spi.Clocks;
import dev.eventbus.subscribe.Dispatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes the choices for a bus; each has a default.
 *
 * <p>Every method refuses what makes no sense with a {@link ConfigurationException}, at once. A later value replaces an
 * earlier one, but validators and observers add up. Not thread-safe.
 *
 * @since 0.1
 */
public final class EventBusBuilder {
    private static final int DEFAULT_LETTERS = 10_000;
    private static final int DEFAULT_KEYS = 100_000;

    private final String name;
    private final Validators validators = new Validators();
    private final List<BusObserver> observers = new ArrayList<>();
    private Dispatch dispatch = Dispatch.virtualThreads();
    private int pendingLimit = 8_192;
    private int scheduledLimit = 10_000;
    private RetryPolicy retry = RetryPolicy.exponential(Duration.ofMillis(100), Duration.ofSeconds(10)).maxAttempts(4);
    private @Nullable DeadLetterStore deadLetters; // the default is made in build(), so that no two buses share one
    private @Nullable LastResort lastResort;
    private final Map<String, CircuitBreakerPolicy> breakers = new LinkedHashMap<>();
    private final List<RetryBudgetPolicy> budgets = new ArrayList<>();
    private @Nullable IdempotencyStore idempotency; // as for dead letters
    private @Nullable Duration deadLetterRetention;
    private NoSubscription noSubscription = NoSubscription.IGNORE;
    private int maxDepth = 64;
    private Clocks clocks = Clocks.system();
    private BusRuntime runtime = BusRuntime.system();
    private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();

    EventBusBuilder(String name) {
        this.name = name;
    }

    /**
     * Chooses the threads that deliver to subscriptions that do not choose.
     *
     * <p>{@link Dispatch#virtualThreads()} unless set.
     *
     * @param value the dispatch
     * @return this
     */
    public EventBusBuilder dispatch(Dispatch value) {
        dispatch = Checks.notNull(value, "dispatch");
        return this;
    }

    /**
     * Bounds the events that synchronous handlers of one outermost publish have published and that wait for their turn;
     * beyond it a publish is rejected.
     *
     * <p>8,192 unless set.
     *
     * @param value at least 1
     * @return this
     */
    public EventBusBuilder pendingLimit(int value) {
        pendingLimit = Checks.atLeast(value, 1, "pendingLimit");
        return this;
    }

    /**
     * Bounds the scheduled publishes that wait for their moments; beyond it {@code publishAfter} and {@code publishAt} are
     * rejected.
     *
     * <p>10,000 unless set.
     *
     * @param value at least 1
     * @return this
     */
    public EventBusBuilder scheduledLimit(int value) {
        scheduledLimit = Checks.atLeast(value, 1, "scheduledLimit");
        return this;
    }

    /**
     * Chooses when failed deliveries are attempted again, for subscriptions that do not choose.
     *
     * <p>Exponential from 100 ms to 10 s with jitter 0.5, at most 4 attempts, unless set.
     *
     * @param value the policy
     * @return this
     */
    public EventBusBuilder retry(RetryPolicy value) {
        retry = PolicyFit.check(Checks.notNull(value, "retry"));
        return this;
    }

    /**
     * Chooses where dead letters are kept.
     *
     * <p>In memory, at most 10,000 letters and 1,000 sequences, unless set. Letters beyond it go to the last resort. What
     * the store throws when {@link #build()} asks it for its sequences is thrown there: without them a bus would let events
     * overtake those that are parked.
     *
     * @param value the store
     * @return this
     */
    public EventBusBuilder deadLetters(DeadLetterStore value) {
        deadLetters = Checks.notNull(value, "deadLetters");
        return this;
    }

    /**
     * Chooses what takes dead letters that the store does not.
     *
     * <p>One ERROR line each, unless set.
     *
     * @param value the sink
     * @return this
     */
    public EventBusBuilder lastResort(LastResort value) {
        lastResort = Checks.notNull(value, "lastResort");
        return this;
    }

    /**
     * Adds a circuit breaker that subscriptions share by its name.
     *
     * <p>None unless added; a subscription may also have one of its own.
     *
     * @param name how subscriptions refer to it
     * @param policy when it opens and closes
     * @return this
     */
    public EventBusBuilder circuitBreaker(String name, CircuitBreakerPolicy policy) {
        if (breakers.putIfAbsent(Checks.name(name, "name"), Checks.notNull(policy, "policy")) != null) {
            throw new ConfigurationException("circuitBreaker '" + name + "' was added already; rename one of the two");
        }
        return this;
    }

    /**
     * Adds a budget that the retries of several subscriptions share, see {@link RetryPolicy#budget}.
     *
     * <p>None unless added.
     *
     * @param policy its name and size
     * @return this
     */
    public EventBusBuilder retryBudget(RetryBudgetPolicy policy) {
        budgets.add(Checks.notNull(policy, "policy"));
        return this;
    }

    /**
     * Chooses where the keys of idempotent subscriptions are kept.
     *
     * <p>In memory, at most 100,000, unless set; beyond it the oldest that were completed are forgotten.
     *
     * @param value the store
     * @return this
     */
    public EventBusBuilder idempotency(IdempotencyStore value) {
        idempotency = Checks.notNull(value, "idempotency");
        return this;
    }

    /**
     * Bounds how long dead letters are kept after their latest round: older ones are removed, counted and signalled.
     *
     * <p>For ever unless set. A letter in a sequence expires when it is the head, so that none is left whose predecessor is
     * gone unseen; one that is being redriven expires afterwards. Measured on the monotonic clock of this process: letters
     * that the store has already count from {@link #build()}. While there are letters one thread of the runtime waits for
     * the first to be due. After the shutdown has begun nothing expires.
     *
     * @param age more than zero
     * @return this
     */
    public EventBusBuilder deadLetterRetention(Duration age) {
        deadLetterRetention = Checks.positive(age, "deadLetterRetention");
        return this;
    }

    /**
     * Adds a check of payloads before they are accepted.
     *
     * <p>None unless added. All that apply to a payload run, and all violations are reported at once.
     *
     * @param <E> type of the payload
     * @param type class, superclass or interface of payloads
     * @param validator notes violations
     * @return this
     */
    public <E> EventBusBuilder validate(Class<E> type, EventValidator<? super E> validator) {
        validators.add(type, validator);
        return this;
    }

    /**
     * Chooses what happens to events that no subscription matches.
     *
     * <p>{@link NoSubscription#IGNORE} unless set.
     *
     * @param value the policy
     * @return this
     */
    public EventBusBuilder noSubscription(NoSubscription value) {
        noSubscription = Checks.notNull(value, "noSubscription");
        return this;
    }

    /**
     * Bounds how many events may follow one from another, each published by the handler of the one before.
     *
     * <p>64 unless set. Deeper ones are rejected, so that handlers that publish in a circle come to an end.
     *
     * @param value at least 1
     * @return this
     */
    public EventBusBuilder maxDepth(int value) {
        maxDepth = Checks.atLeast(value, 1, "maxDepth");
        return this;
    }

    /**
     * Adds somebody who is told what happens.
     *
     * <p>None unless added; each is told in the order in which it was added.
     *
     * @param observer for instance {@link dev.eventbus.observe.Mdc#slf4j()}
     * @return this
     */
    public EventBusBuilder observe(BusObserver observer) {
        observers.add(Checks.notNull(observer, "observer"));
        return this;
    }

    /**
     * Chooses where time comes from.
     *
     * <p>{@link Clocks#system()} unless set. Clocks that are not the machine's need a runtime that waits on them.
     *
     * @param value the clocks
     * @return this
     */
    public EventBusBuilder clocks(Clocks value) {
        clocks = Checks.notNull(value, "clocks");
        return this;
    }

    /**
     * Chooses how the bus starts, blocks, wakes and interrupts threads.
     *
     * <p>{@link BusRuntime#system()} unless set.
     *
     * @param value the runtime
     * @return this
     */
    public EventBusBuilder runtime(BusRuntime value) {
        runtime = Checks.notNull(value, "runtime");
        return this;
    }

    /**
     * Chooses where randomness for jitter and ids comes from.
     *
     * <p>The generator of each thread unless set.
     *
     * @param value a generator that several threads may use at once
     * @return this
     */
    public EventBusBuilder random(RandomGenerator value) {
        random = Checks.notNull(value, "random");
        return this;
    }

    /**
     * Builds the bus.
     *
     * @return an open bus; the builder can build more, which share what was passed to it and nothing else
     */
    public EventBus build() {
        DeadLetterStore letters = deadLetters == null ? DeadLetterStore.inMemory(DEFAULT_LETTERS) : deadLetters;
        IdempotencyStore keys = idempotency == null ? IdempotencyStore.inMemory(DEFAULT_KEYS, clocks) : idempotency;
        Engine.Guards guards = new Engine.Guards(Map.copyOf(breakers), List.copyOf(budgets), keys);
        return new EventBus(name,
                new Engine.Settings(dispatch, pendingLimit, scheduledLimit, retry, letters, lastResort,
                        deadLetterRetention,
                        validators, noSubscription, maxDepth, List.copyOf(observers), guards, clocks, runtime, random));
    }
}
