/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import dev.eventbus.EventBus;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.EventScheduler;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.ScheduledPublish;
import dev.eventbus.subscribe.EventHandler;
import dev.eventbus.subscribe.Subscription;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A bus for tests: the shipped engine, on time and threads that the test has in hand.
 *
 * {@snippet class="dev.eventbus.testkit.TestEventBusTest" region="advance"}
 *
 * <p>Unless it is {@link TestEventBusBuilder#threaded() threaded}, nothing happens by itself: handlers on virtual threads
 * run when the test lets them, by {@link #runUntilIdle()}, {@link #advance} or {@link #awaitIdle()}, or waits for one, for
 * instance for a receipt. Time passes when the test says so, or has to wait. Without a seed threads go on in the order of
 * their starts; with one the seed draws who goes on, also inside a publish, and the same seed draws the same again.
 *
 * <p>Handlers wait by the bus alone then: one that sleeps, or waits for a latch, holds up all others and the test, which
 * fails after 30 seconds. Whatever happens is {@linkplain #recorded() recorded}.
 *
 * <p>For one thread at a time, the test's and those of its handlers; a threaded one is thread-safe.
 *
 * @since 0.1
 */
public final class TestEventBus implements EventPublisher, EventScheduler, AutoCloseable {
    private static final Duration VIRTUAL_PATIENCE = Duration.ofDays(1);

    private final EventBus bus;
    private final RecordedEvents recorded;
    private final @Nullable AdoptedRun run; // null: threaded
    private final Duration patience;

    TestEventBus(EventBus bus, RecordedEvents recorded, @Nullable AdoptedRun run, Duration patience) {
        this.bus = bus;
        this.recorded = recorded;
        this.run = run;
        this.patience = run == null ? patience : VIRTUAL_PATIENCE;
    }

    /**
     * Creates a bus with all defaults: not threaded, no seed, the defaults of {@link EventBus#create}.
     *
     * @return an open bus
     */
    public static TestEventBus create() {
        return builder().build();
    }

    /**
     * Begins a bus with choices.
     *
     * @return a builder
     */
    public static TestEventBusBuilder builder() {
        return new TestEventBusBuilder();
    }

    /* ---------------- the bus ---------------- */

    /**
     * Returns the bus itself, for code that wants one.
     *
     * @return the shipped bus
     */
    public EventBus eventBus() {
        return bus;
    }

    @Override
    public Receipt publish(Object payload) {
        return bus.publish(payload);
    }

    @Override
    public Receipt publish(Object payload, PublishOptions options) {
        return bus.publish(payload, options);
    }

    @Override
    public ScheduledPublish publishAfter(Duration delay, Object payload, PublishOptions options) {
        return bus.publishAfter(delay, payload, options);
    }

    @Override
    public ScheduledPublish publishAt(Instant due, Object payload, PublishOptions options) {
        return bus.publishAt(due, payload, options);
    }

    /**
     * Subscribes a handler to a type, as {@link EventBus#subscribe(Class, String, EventHandler)}.
     *
     * @param <E> type of payloads
     * @param type class, superclass or interface of payloads
     * @param name unique name of the subscription
     * @param handler handles payloads
     * @return the subscription
     */
    public <E> Subscription subscribe(Class<E> type, String name, EventHandler<? super E> handler) {
        return bus.subscribe(type, name, handler);
    }

    /**
     * Subscribes with choices, as {@link EventBus#subscribe(String, Consumer)}.
     *
     * @param name unique name of the subscription
     * @param spec makes the choices
     * @return the subscription
     */
    public Subscription subscribe(String name, Consumer<SubscriptionSpec> spec) {
        return bus.subscribe(name, spec);
    }

    /**
     * Returns all that has happened.
     *
     * @return always the same
     */
    public RecordedEvents recorded() {
        return recorded;
    }

    /* ---------------- time and threads ---------------- */

    /**
     * Returns the time of the bus; {@link VirtualTime#advance} lets the bus run, as {@link #advance} does.
     *
     * @return always the same
     * @throws IllegalStateException if the bus is threaded
     */
    public VirtualTime time() {
        return run("time").time();
    }

    /**
     * Lets handlers run until nothing is left to do before time passes.
     *
     * @return this
     * @throws IllegalStateException if the bus is threaded
     */
    public TestEventBus runUntilIdle() {
        run("runUntilIdle").runUntilIdle();
        return this;
    }

    /**
     * Lets time pass, and everything run that is due on the way and at its end: retries, timeouts, scheduled
     * publishes.
     *
     * @param duration how much, not negative
     * @return this
     * @throws IllegalStateException if the bus is threaded
     */
    public TestEventBus advance(Duration duration) {
        run("advance").advance(duration);
        return this;
    }

    /**
     * Waits until all that was published has ended, retries included, and all that followed from it.
     *
     * <p>Told by the bus when it is so: nothing is asked again and again, and there is no period of quiet. Where the bus is
     * not threaded, virtual time passes as far as retries take. What is scheduled and not due is not waited for.
     *
     * @return this
     * @throws AssertionError if it does not end in time (threaded: 30 s unless set), with what has not
     */
    public TestEventBus awaitIdle() {
        boolean idle;
        try {
            idle = bus.drain(patience);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the thread of the test was interrupted while it waited for the bus",
                    interrupted);
        }
        if (!idle) {
            throw new AssertionError("bus '" + bus.name() + "' was not idle within " + patience + "; not ended:\n"
                    + recorded.all().stream().filter(RecordedEvent::isOpen).map(CausalTree::line)
                            .collect(Collectors.joining("\n")));
        }
        return this;
    }

    /**
     * Lets run what is left to run at the end of a test: until idle now, or on threads until all has ended. Nothing is after
     * {@link #close()}.
     *
     * @return this
     */
    public TestEventBus finish() {
        if (run == null) {
            return awaitIdle();
        }
        return run.isRunning() ? runUntilIdle() : this;
    }

    /**
     * Marks a place in a handler where another thread may go on, if the bus has a seed; does nothing otherwise.
     *
     * @param place name of the place
     */
    public void mark(String place) {
        if (run != null) {
            run.world().mark(place);
        }
    }

    /**
     * Waits, as a handler does that calls something slow: in virtual time, or really on a threaded bus.
     *
     * @param duration how long
     * @throws InterruptedException if the thread is interrupted, as by a timeout
     */
    public void sleep(Duration duration) throws InterruptedException {
        if (run == null) {
            boolean unused = new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } else {
            run.world().sleep(duration);
        }
    }

    /**
     * Makes the calling thread the thread of the test, where the framework runs parts of a test in different threads.
     *
     * <p>Not while another one is inside a call of the bus. {@code EventBusTest} does it by itself.
     */
    public void adoptThread() {
        if (run != null) {
            run.adopt();
        }
    }

    /**
     * Tells apart how handlers came between each other: different values, different interleavings.
     *
     * @return a hash of all steps so far
     * @throws IllegalStateException if the bus is threaded
     */
    public long interleaving() {
        return run("interleaving").traceHash();
    }

    /** Returns what the threads of the bus share, or null where it is threaded. */
    @Nullable World world() {
        return run == null ? null : run.world();
    }

    private AdoptedRun run(String call) {
        if (run == null) {
            throw new IllegalStateException(call + " is not there on a threaded bus, whose time is real; use awaitIdle,"
                    + " or build it without threaded()");
        }
        return run;
    }

    /**
     * Shuts the bus down at once and ends its threads. Idempotent.
     *
     * @throws SimulationException if a thread of the bus does not end, or a handler threw a {@link VirtualMachineError}
     */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted(); // of the test, which is no reason to leave threads behind
        try {
            if (run == null || !run.hasFailed()) {
                CloseReport unused = bus.shutdown(Duration.ZERO); // what is left is the test's to ask for before
            }
            if (run != null) {
                run.end();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Names the bus. */
    @Override
    public String toString() {
        return "TestEventBus[name=" + bus.name() + "]";
    }
}
