/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.internal.deadletter.DeadLetterSink;
import dev.eventbus.internal.deliver.DeliverStage;
import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Scopes;
import dev.eventbus.internal.deliver.StripedCounter;
import dev.eventbus.internal.dispatch.PendingQueue.Offer;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PendingFullException;
import dev.eventbus.publish.PublishRejectedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Delivers in the publisher's thread, breadth first, without a lock around handlers.
 *
 * <p>An outermost publish claims a lane, delivers its event, then those that its handlers have published, and leaves. A
 * publish inside a delivery of this bus, in its own thread or in one that carries it, only waits in that lane.
 * Acceptance and shutdown meet in two volatile steps each: a publisher claims and then reads {@code closing}, a
 * shutdown writes {@code closing} and then reads the lanes; so an event is either seen by the shutdown or rejected.
 * Thread-safe.
 */
public final class SynchronousDispatcher {
    private static final int STACK_FRAMES = 32; // an offer takes about ten, and an observer's signal some more

    private final String bus;
    private final int pendingLimit;
    private final Signals signals;
    private final Endings endings;
    private final CallerDelivery delivery;
    private final CallerLanes lanes;
    private final StripedCounter published;
    private volatile @Nullable Runnable closing; // the shutdown, called when a lane is left from then on

    /**
     * Creates the dispatcher.
     *
     * @param bus name of the bus
     * @param pendingLimit most events that wait in one lane
     * @param stripes number of lanes that are kept, a power of two
     * @param ports time and waiting
     * @param signals who is told
     * @param deadLetters where given up deliveries go
     */
    public SynchronousDispatcher(String bus, int pendingLimit, int stripes, Ports ports, Signals signals,
            DeadLetterSink deadLetters) {
        this.bus = bus;
        this.pendingLimit = pendingLimit;
        this.signals = signals;
        this.endings = new Endings(ports, signals, deadLetters);
        this.delivery = new CallerDelivery(ports, signals, new DeliverStage(ports, signals), endings);
        this.lanes = new CallerLanes(stripes, pendingLimit, ports);
        this.published = new StripedCounter(stripes);
    }

    /**
     * Accepts an event, and delivers it unless it is published inside a delivery.
     *
     * @param event a new event
     * @throws PublishRejectedException if it is not accepted; then nothing has happened
     */
    public void dispatch(Publication<?> event) {
        DeliveryScope scope = Scopes.current();
        if (scope != null && waitsInLane(event, scope)) {
            return;
        }
        CallerLane lane = enter(event, scope);
        if (lane == null) {
            throw BusClosedException.publish(bus, event.typeName());
        }
        try {
            accepted(event, lane.stripe());
            delivery.all(lane, event);
            deliverPending(lane);
        } catch (Throwable broken) {
            accountFor(lane, broken);
            throw broken;
        } finally {
            exit(lane, scope);
        }
    }

    private @Nullable CallerLane enter(Publication<?> event, @Nullable DeliveryScope scope) {
        Thread thread = Thread.currentThread();
        CallerLane lane = lanes.claim(event, thread);
        lane.enter(event, thread, scope);
        Runnable shutdown = closing;
        if (shutdown != null && lane.withdraw(event)) {
            lanes.left(lane);
            shutdown.run();
            return null;
        }
        Scopes.set(lane);
        return lane;
    }

    private void exit(CallerLane lane, @Nullable DeliveryScope scope) {
        Scopes.set(scope);
        leave(lane);
    }

    private void accepted(Publication<?> event, int stripe) {
        published.increment(stripe);
        if (signals.active()) {
            DeliveryScope around = Scopes.current();
            Scopes.set(new SignalScope(event, around));
            signals.emit(new Signal.Published(event, event.deliveries()));
            Scopes.set(around);
        }
    }

    // The next event leaves the queue only when it is the lane's, so that a shutdown finds it in one of the two places.
    private void deliverPending(CallerLane lane) {
        Publication<?> next = lane.pending().peek();
        while (next != null && lane.moveTo(next)) {
            lane.pending().remove(next);
            delivery.all(lane, next);
            next = lane.pending().peek();
        }
    }

    // No handler gets here, only what the bus was given: a clock that throws, or the end of stack or heap between two
    // handlers.
    private void accountFor(CallerLane lane, Throwable broken) {
        Publication<?> event = lane.event();
        while (event != null) {
            delivery.giveUpAll(lane, event, broken);
            Publication<?> next = lane.pending().peek();
            event = next != null && lane.moveTo(next) ? next : null;
            if (event != null) {
                lane.pending().remove(event);
            }
        }
    }

    private void leave(CallerLane lane) {
        Propagation thrown = lane.leave();
        lanes.left(lane);
        Runnable shutdown = closing;
        if (shutdown != null) {
            shutdown.run();
        }
        if (thrown != null) {
            thrown.rethrow();
        }
    }

    /* ---------------- inside a delivery ---------------- */

    private boolean waitsInLane(Publication<?> event, DeliveryScope innermost) {
        touchStack(STACK_FRAMES);
        for (DeliveryScope scope = innermost; scope != null; scope = scope.outer()) {
            if (scope instanceof CallerLane lane && lanes.owns(lane)) {
                return waits(event, lane.pending().offer(event, lane.pending().ownTicket()), lane.stripe());
            }
            if (scope instanceof CarriedScope carried && lanes.owns(carried.lane())) {
                return waits(event, carried.lane().pending().offer(event, carried.ticket()), StripedCounter.NO_STRIPE);
            }
        }
        return false;
    }

    // A handler that publishes until the stack ends must not meet that end halfway through an offer: it meets it here,
    // before.
    private static int touchStack(int frames) {
        return frames == 0 ? 0 : 1 + touchStack(frames - 1);
    }

    private boolean waits(Publication<?> event, Offer offer, int stripe) {
        return switch (offer) {
            case ACCEPTED -> {
                accepted(event, stripe);
                yield true;
            }
            case FULL -> throw new PendingFullException(bus, event.typeName(), pendingLimit);
            case TAKEN -> throw BusClosedException.publish(bus, event.typeName());
            case VOID -> false; // the delivery that this thread carries is over: it publishes for itself
        };
    }

    /**
     * Tells whether the calling thread is inside a delivery of this bus.
     *
     * @return true in a handler, and in a thread that carries its delivery
     */
    public boolean isInsideDelivery() {
        for (DeliveryScope scope = Scopes.current(); scope != null; scope = scope.outer()) {
            if (isOurs(scope)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOurs(DeliveryScope scope) {
        return switch (scope) {
            case CallerLane lane -> lanes.owns(lane);
            case CarriedScope carried -> lanes.owns(carried.lane());
            default -> false;
        };
    }

    /* ---------------- redrive ---------------- */

    /**
     * Delivers the event of a letter once more, in the calling thread.
     *
     * @param event the letter's event with the letter's subscription as its only target
     * @param letter the letter, in the caller's hands
     * @return how the round ended; open if a shutdown was faster
     */
    public Outcome redrive(Publication<?> event, DeadLetter letter) {
        DeliveryScope scope = Scopes.current();
        CallerLane own = ownLane(scope);
        if (own == null) {
            redriveOutermost(event, letter, scope);
        } else if (own.suspendFor(event, scope)) {
            Scopes.set(own);
            try {
                delivery.redrive(own, event, letter);
            } finally {
                Scopes.set(own.resume());
            }
        }
        return event.outcome(0);
    }

    private void redriveOutermost(Publication<?> event, DeadLetter letter, @Nullable DeliveryScope scope) {
        CallerLane lane = enter(event, scope);
        if (lane == null) {
            throw BusClosedException.redrive(bus, event.typeName());
        }
        try {
            delivery.redrive(lane, event, letter);
            deliverPending(lane);
        } finally {
            exit(lane, scope);
        }
    }

    private @Nullable CallerLane ownLane(@Nullable DeliveryScope innermost) {
        for (DeliveryScope scope = innermost; scope != null; scope = scope.outer()) {
            if (scope instanceof CallerLane lane && lanes.owns(lane)) {
                return lane;
            }
        }
        return null;
    }

    /* ---------------- shutdown ---------------- */

    /**
     * Refuses publishes from outside from now on.
     *
     * @param leaving called by each thread that ends an outermost publish from now on
     */
    public void close(Runnable leaving) {
        closing = leaving;
    }

    /**
     * Tells whether nothing is queued, running or backing off.
     *
     * @return true if no thread is inside an outermost publish
     */
    public boolean isIdle() {
        return lanes.allFree();
    }

    /**
     * Ends whatever is not ended, interrupts its threads, and refuses publishes inside deliveries too.
     *
     * @return what was not ended
     */
    public List<ReturnedDelivery> cut() {
        List<ReturnedDelivery> returned = new ArrayList<>();
        for (CallerLane lane : lanes.all()) {
            returned.addAll(lane.cut(endings::returned));
        }
        return returned;
    }

    /**
     * Counts the accepted events.
     *
     * @return how many
     */
    public long published() {
        return published.sum();
    }
}
