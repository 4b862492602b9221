/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.idempotency.IdempotencyStore;
import dev.eventbus.internal.deadletter.DeadLetterSink;
import dev.eventbus.internal.deliver.Breakers;
import dev.eventbus.internal.deliver.DeliverStage;
import dev.eventbus.internal.deliver.Origin;
import dev.eventbus.internal.deliver.Plan;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Slot;
import dev.eventbus.internal.deliver.SpecBuilder;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.deliver.Target;
import dev.eventbus.internal.entry.EntryStage;
import dev.eventbus.internal.event.PayloadType;
import dev.eventbus.internal.idempotency.IdempotencyGuard;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.outcome.Endings;
import dev.eventbus.internal.outcome.Quiet;
import dev.eventbus.internal.retry.RetryBudgets;
import dev.eventbus.internal.runtime.ByHand;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.runtime.Timers;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.spi.Clocks;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lanes of one subscription, as they are shipped, on a runtime that is driven by hand. Thread-safe. */
public final class Rig {
    /** The payload of all events: what its handler does. */
    @FunctionalInterface
    public interface Handled {
        /** Is called by the handler. */
        void handle() throws Exception;
    }

    private static final PayloadType TYPE = new PayloadType("proof", 1);
    private static final Signals NOBODY = new Signals("proof", List.of());
    private static final DeadLetterSink LETTERS = new DeadLetterSink("proof", DeadLetterStore.inMemory(1),
            (letter, cause) -> {}, NOBODY);

    private final Ports ports;
    private final Subscriber subscriber;
    private final Lanes lanes;
    private final Endings endings;

    /**
     * Gives a subscriber lanes.
     *
     * @param subscriber whose; several states share one where it is not closed
     * @param runtime to be driven
     */
    public Rig(Subscriber subscriber, ByHand runtime) {
        this.ports = runtime.ports();
        this.subscriber = subscriber;
        this.endings = new Endings(ports, NOBODY, LETTERS);
        this.lanes = new Lanes(new LaneContext("proof", ports, new Timers(ByHand.TIMERS, ports),
                new DeliverStage(ports, NOBODY), entries(), endings, NOBODY, new Quiet(), new CopyOnWriteArrayList<>()),
                subscriber,
                Objects.requireNonNull(subscriber.laneSettings()));
    }

    private EntryStage entries() {
        return new EntryStage(endings, LETTERS, new IdempotencyGuard("proof", IdempotencyStore.inMemory(1)), NOBODY);
    }

    /**
     * Makes a subscriber on virtual threads that is not retried unless it chooses so.
     *
     * @param choices of its lanes
     * @return the subscriber
     */
    public static Subscriber subscriber(Consumer<SubscriptionSpec> choices) {
        Consumer<SubscriptionSpec> handler = spec -> spec.on(Handled.class, Handled::handle);
        return SpecBuilder.build("proof", handler.andThen(choices),
                new SpecBuilder.Defaults(Dispatch.virtualThreads(), RetryPolicy.never(), new Nobody(), 1,
                        new RetryBudgets(List.of(), 0), new Breakers(Map.of(), Clocks.system(), NOBODY),
                        Clocks.system()));
    }

    /**
     * Makes an event with a slot in lanes.
     *
     * @param handler its payload
     * @param key its key there, or null
     * @param rigs which lanes
     * @return the event, without places yet
     */
    public static Publication<Handled> event(Handled handler, @Nullable Object key, Rig... rigs) {
        Target[] targets = Stream.of(rigs).map(rig -> rig.subscriber.targetFor(Handled.class)).toArray(Target[]::new);
        Publication<Handled> event = new Publication<>(handler, new Plan(TYPE, targets, rigs[0].ports), Origin.PLAIN,
                0, 0, 0, Publication.NOT_MEASURED);
        Slot slots = null;
        for (int index = rigs.length - 1; index >= 0; index--) {
            slots = rigs[index].lanes.slot(event, index, key, null, slots);
        }
        event.slots(slots);
        return event;
    }

    /**
     * Makes an event with a slot in these lanes.
     *
     * @param handler its payload
     * @return the event, without a place yet
     */
    public Publication<Handled> event(Handled handler) {
        return event(handler, null, this);
    }

    /** Makes the subscription one that can be closed: lets it know its lanes. */
    public void open() {
        subscriber.enterBy(lanes);
    }

    /** Calls a worker. */
    public void call() {
        lanes.call();
    }

    /** Brings a worker to work that does nothing by itself. */
    public void arrive() {
        lanes.crew().call();
        lanes.crew().arrive();
    }

    /**
     * Does what a worker does that has found nothing.
     *
     * @return whether it has come back
     */
    public boolean leaveAndLook() {
        lanes.crew().leave();
        return lanes.order().hasWork() && lanes.crew().comeBack();
    }

    /** Pauses the subscription. */
    public void pause() {
        lanes.pause();
    }

    /** Resumes it. */
    public void resume() {
        lanes.resume();
    }

    /**
     * Pauses a key.
     *
     * @param key which one
     */
    public void pause(Object key) {
        lanes.pause(key);
    }

    /**
     * Resumes it.
     *
     * @param key which one
     */
    public void resume(Object key) {
        lanes.resume(key);
    }

    /**
     * Waits until nothing is in flight.
     *
     * @return whether nothing is
     * @throws InterruptedException if the thread was interrupted
     */
    public boolean awaitClosed() throws InterruptedException {
        return lanes.awaitClosed(Duration.ofDays(1));
    }

    /**
     * Counts what is in flight.
     *
     * @return how many places are taken
     */
    public int inFlight() {
        return lanes.inFlight();
    }

    /**
     * Returns what ends deliveries.
     *
     * @return the stage
     */
    public Endings endings() {
        return endings;
    }

    /**
     * Returns the ports.
     *
     * @return time and waiting
     */
    public Ports ports() {
        return ports;
    }

    Lanes lanes() {
        return lanes;
    }

    /** Publishes nothing. */
    private static final class Nobody implements EventPublisher {
        @Override
        public Receipt publish(Object payload) {
            throw new IllegalStateException("nobody publishes here");
        }

        @Override
        public Receipt publish(Object payload, PublishOptions options) {
            throw new IllegalStateException("nobody publishes here");
        }
    }
}
