/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus;

import dev.eventbus.breaker.CircuitBreaker;
import dev.eventbus.deadletter.DeadLetters;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.check.Checks;
import dev.eventbus.internal.deliver.Scopes;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.WithdrawnPublish;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.EventScheduler;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.PublishRejectedException;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.ScheduledPublish;
import dev.eventbus.publish.WouldDeadlockException;
import dev.eventbus.subscribe.Delivery;
import dev.eventbus.subscribe.EventHandler;
import dev.eventbus.subscribe.SubscribeRejectedException;
import dev.eventbus.subscribe.Subscription;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from publishers to the handlers of those who subscribed to them, within one process.
 *
 * <p>An event reaches each subscription once: the handler runs again only after it has failed. What it cannot handle
 * becomes a dead letter. Nothing is kept beyond the process: what a crash finds unhandled is lost.
 *
 * <p>Owns no thread while it is idle. Services get it as an {@link EventPublisher}. Thread-safe.
 *
 * {@snippet file="dev/eventbus/SnippetsTest.java" region="first"}
 *
 * @since 0.1
 */
public final class EventBus implements EventPublisher, EventScheduler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(30);
    private static final int MOST_LOGGED = 20;

    private final String name;
    private final Engine engine;

    EventBus(String name, Engine.Settings settings) {
        this.name = name;
        this.engine = new Engine(name, settings, this);
    }

    /**
     * Builds a bus with all defaults, see {@link EventBusBuilder}.
     *
     * @param name 1 to 256 printable characters; it stands in logs and exceptions
     * @return an open bus
     */
    public static EventBus create(String name) {
        return builder(name).build();
    }

    /**
     * Begins to build a bus.
     *
     * @param name 1 to 256 printable characters; it stands in logs and exceptions
     * @return takes the choices
     */
    public static EventBusBuilder builder(String name) {
        return new EventBusBuilder(Checks.name(name, "name"));
    }

    /**
     * Returns the name.
     *
     * @return the name that it was built with
     */
    public String name() {
        return name;
    }

    /**
     * Opens a subscription to one type of payload, with all choices left to the bus.
     *
     * @param <E> type of the payload
     * @param type class, superclass or interface of payloads
     * @param name unique among the open subscriptions
     * @param handler handles the payload
     * @return closes it
     * @throws ConfigurationException if an argument cannot be used
     * @throws SubscribeRejectedException if the name is taken or the bus is closed
     */
    public <E> Subscription subscribe(Class<E> type, String name, EventHandler<? super E> handler) {
        return subscribe(name, spec -> spec.on(type, handler));
    }

    /**
     * Opens a subscription.
     *
     * @param name unique among the open subscriptions
     * @param spec says what it takes and how; called at once, in this thread
     * @return closes it
     * @throws ConfigurationException if a choice cannot be used, or contradicts another
     * @throws SubscribeRejectedException if the name is taken or the bus is closed
     */
    public Subscription subscribe(String name, Consumer<SubscriptionSpec> spec) {
        return engine.subscribe(name, spec);
    }

    /**
     * Publishes an event with no options; when an outermost publish returns, all synchronous handlers have run and every
     * other subscription has given the event a place.
     *
     * @throws PublishRejectedException if the event was refused; then it has reached no subscription
     */
    @Override
    public Receipt publish(Object payload) {
        return engine.publish().publish(payload, PublishOptions.options());
    }

    /**
     * Publishes an event with explicit metadata; when an outermost publish returns, all synchronous handlers have run and
     * every other subscription has given the event a place.
     *
     * @throws PublishRejectedException if the event was refused; then it has reached no subscription
     */
    @Override
    public Receipt publish(Object payload, PublishOptions options) {
        return engine.publish().publish(payload, Checks.notNull(options, "options"));
    }

    /**
     * Publishes an event after a delay; in memory, so that it is gone with the process.
     *
     * @throws ConfigurationException if the delay is negative
     * @throws PublishRejectedException if it was refused at once; then it will not be published
     */
    @Override
    public ScheduledPublish publishAfter(Duration delay, Object payload, PublishOptions options) {
        return engine.schedule().after(Checks.notNegative(delay, "delay"), payload, Checks.notNull(options, "options"));
    }

    /**
     * Publishes an event at a moment; in memory, so that it is gone with the process.
     *
     * @throws PublishRejectedException if it was refused at once; then it will not be published
     */
    @Override
    public ScheduledPublish publishAt(Instant due, Object payload, PublishOptions options) {
        return engine.schedule().at(Checks.notNull(due, "due"), payload, Checks.notNull(options, "options"));
    }

    /**
     * Returns the operations on dead letters; they can be listed and discarded after the shutdown too.
     *
     * @return always the same
     */
    public DeadLetters deadLetters() {
        return engine.deadLetters();
    }

    /**
     * Returns a circuit breaker: one that the bus was built with, or that of a subscription.
     *
     * @param name its name, or that of its subscription
     * @return the breaker, to be read, used around other calls, forced or reset
     * @throws ConfigurationException if there is none of that name
     */
    public CircuitBreaker circuitBreaker(String name) {
        return engine.circuitBreaker(name);
    }

    /**
     * Returns what there is to see from outside.
     *
     * @return always the same
     */
    public Inspection inspect() {
        return engine.inspection();
    }

    /**
     * Returns the delivery that the calling thread is in, of this bus or another.
     *
     * @return the delivery as its handler sees it, or empty outside all handlers
     */
    public Optional<Delivery<?>> currentDelivery() {
        return Scopes.delivery();
    }

    /**
     * Takes the delivery of the calling thread along to whatever thread runs a task.
     *
     * <p>What the task publishes follows from the event that is being handled here. If that event is still in its
     * deliveries, it waits behind it in the thread that delivers it; so the task must not wait for its receipt while a
     * handler waits for the task.
     *
     * @param task anything
     * @return the task, inside this delivery; the task itself outside all deliveries
     */
    public Runnable wrap(Runnable task) {
        return Scopes.wrap(Checks.notNull(task, "task"));
    }

    /**
     * Takes the delivery of the calling thread along to whatever thread runs a task, like {@link #wrap(Runnable)}.
     *
     * <p>A name of its own, since a lambda that calls a method with a result fits both.
     *
     * @param <T> result of the task
     * @param task anything
     * @return the task, inside this delivery; the task itself outside all deliveries
     */
    public <T> Callable<T> wrapCall(Callable<T> task) {
        return Scopes.wrapCall(Checks.notNull(task, "task"));
    }

    /**
     * Waits for a moment in which nothing is queued, running or backing off; what is paused or scheduled does not count.
     * Everything that was accepted before the call has its outcome then.
     *
     * <p>The bus stays open, and others may publish meanwhile: under steady load that moment may never come.
     *
     * @param timeout longest wait; zero only looks
     * @return whether the moment came
     * @throws WouldDeadlockException inside a delivery of this bus
     * @throws InterruptedException if the waiting thread was interrupted
     */
    public boolean drain(Duration timeout) throws InterruptedException {
        return engine.drain(Checks.notNegative(timeout, "timeout"));
    }

    /**
     * Shuts the bus down when the virtual machine begins to, and logs at WARN what was given back; not when it is killed.
     *
     * <p>The hook goes away when the bus is shut down before. Hooks run beside each other: whatever handlers need must
     * not be closed by one of its own.
     *
     * @param deadline longest wait of the exit for what is accepted
     * @return this
     * @throws IllegalStateException if the virtual machine is shutting down already
     */
    public EventBus shutdownOnExit(Duration deadline) {
        Checks.notNegative(deadline, "deadline");
        ExitHook.add("eventbus-" + name + "-exit", () -> logReturned(shutdown(deadline)), engine.shutdown().ended());
        return this;
    }

    /**
     * Ends the bus and accounts for every event that it has accepted.
     *
     * <p>From now on publishes and redrives from outside are rejected with a {@link BusClosedException}; those made
     * inside a delivery are accepted until the deadline, so that chains of events end. Waits for what is queued,
     * running or backing off, and not for what is paused. At the deadline the rest is given back: handlers are
     * interrupted, nothing more begins,
     * and the report lists what was cut off. What is scheduled is not waited for: it is withdrawn at once and listed, and
     * nothing more can be scheduled. An interrupt of the caller makes the deadline now and stays set.
     *
     * <p>Inside a delivery of this bus it returns at once a report that is not finished; its {@code completion()} ends
     * later. Every call gets the same finished report, and the earliest deadline counts.
     *
     * @param deadline longest wait; zero gives back at once
     * @return what became of everything
     */
    public CloseReport shutdown(Duration deadline) {
        return engine.shutdown().run(Checks.notNegative(deadline, "deadline"));
    }

    /** Shuts down with a deadline of 30 s, and logs at WARN what was given back or withdrawn. */
    @Override
    public void close() {
        CompletionStage<Void> unused = shutdown(CLOSE_DEADLINE).completion().thenAccept(this::logReturned);
    }

    private void logReturned(CloseReport report) {
        if (!report.returned().isEmpty()) {
            LOG.warn("bus '{}': closed with {} deliveries unfinished after {}", name, report.returned().size(),
                    report.elapsed());
            report.returned().stream().limit(MOST_LOGGED).forEach(this::logReturned);
        }
        if (!report.scheduled().isEmpty()) {
            LOG.warn("bus '{}': closed with {} scheduled publishes withdrawn", name, report.scheduled().size());
            report.scheduled().stream().limit(MOST_LOGGED).forEach(this::logWithdrawn);
        }
    }

    private void logWithdrawn(WithdrawnPublish publish) {
        LOG.warn("bus '{}': withdrawn: {} due {}", name, publish.type(), publish.due());
    }

    private void logReturned(ReturnedDelivery delivery) {
        LOG.warn("bus '{}': unfinished: {} in subscription '{}' ({}, {} failed attempts)", name, delivery.event(),
                delivery.subscription(), delivery.state(), delivery.attempts());
    }

    @Override
    public String toString() {
        return "EventBus[name=" + name + "]";
    }
}
