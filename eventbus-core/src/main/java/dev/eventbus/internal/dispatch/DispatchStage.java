/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.internal.deliver.DeliverStage;
import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.Inlet;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Scopes;
import dev.eventbus.internal.deliver.Slot;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.entry.EntryStage;
import dev.eventbus.internal.lane.LaneStage;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.outcome.Endings;
import dev.eventbus.internal.outcome.Quiet;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.runtime.Stack;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.PublishRejectedException;
import dev.eventbus.publish.WouldDeadlockException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes an event to its subscriptions: to those on virtual threads by a turn in their lanes, to the synchronous ones in
 * the publisher's thread, breadth first, without a lock around handlers.
 *
 * <p>A publish takes its places in the lanes, claims a caller lane, takes its turns, delivers synchronously, lets the
 * lanes begin, does the same for the events that its synchronous handlers have published, and leaves. A publish inside a
 * synchronous delivery of this bus, in its own thread or in one that carries it, takes its turns at once and waits in
 * that caller lane for the rest. So whatever follows from an event comes after it everywhere (O-3).
 *
 * <p>Thread-safe.
 */
public final class DispatchStage {
    private static final int HAND_OFF_FRAMES = 32; // from the first place to the last write; each costs about a nanosecond

    private final String bus;
    private final LaneStage lanes;
    private final Quiet quiet;
    private final CallerDelivery delivery;
    private final CallerLanes callers;
    private final OwnDeliveries own;
    private final Door door;
    private final Reservation reservation;
    private final HandOff handOff;
    private final Accepted accepted;
    private final NestedPublish nested;
    private final StackEnd stackEnd;
    private final LaneRedrive laneRedrive;
    private final InFlight inFlight;

    /**
     * Creates the stage.
     *
     * @param bus name of the bus
     * @param pendingLimit most events that wait in one caller lane
     * @param stripes number of caller lanes that are kept, a power of two
     * @param ports time and waiting
     * @param signals who is told
     * @param parts what it shares with the lanes
     */
    public DispatchStage(String bus, int pendingLimit, int stripes, Ports ports, Signals signals, Parts parts) {
        this.bus = bus;
        this.lanes = parts.lanes();
        this.quiet = parts.quiet();
        this.delivery = new CallerDelivery(ports, signals, parts.deliver(), parts.entries(), parts.endings());
        this.callers = new CallerLanes(stripes, pendingLimit, ports);
        this.own = new OwnDeliveries(callers, lanes);
        this.door = new Door(bus, own);
        this.reservation = new Reservation(bus, ports, door::isRefused);
        this.handOff = new HandOff(ports, parts.endings());
        this.accepted = new Accepted(stripes, signals);
        this.nested = new NestedPublish(bus, pendingLimit, callers, handOff, accepted);
        this.stackEnd = new StackEnd(callers, handOff, quiet);
        this.laneRedrive = new LaneRedrive(ports, reservation, handOff, parts.endings(), door);
        this.inFlight = new InFlight(bus, callers, own, door, parts, ports);
    }

    /**
     * What the synchronous way of an event shares with the lanes.
     *
     * @param deliver runs attempts
     * @param entries asked before each attempt
     * @param endings ends deliveries
     * @param lanes the other way
     * @param quiet is told when something has ended
     */
    public record Parts(DeliverStage deliver, EntryStage entries, Endings endings, LaneStage lanes, Quiet quiet) {}

    /**
     * Gives a new subscriber lanes, if it is on virtual threads; before it is routed to.
     *
     * @param subscriber the subscriber
     */
    public void open(Subscriber subscriber) {
        lanes.open(subscriber);
    }

    /**
     * Accepts an event, and delivers it synchronously where it has to be, unless it is published inside such a delivery.
     *
     * @param event a new event
     * @param scope the calling thread's delivery, or null outside all deliveries
     * @throws PublishRejectedException if it is not accepted; then nothing has happened
     * @throws WouldDeadlockException if it waits for room that only this thread could make; then nothing has happened
     */
    public void dispatch(Publication<?> event, @Nullable DeliveryScope scope) {
        if (event.hasLanes()) {
            dispatchWithLanes(event, scope);
        } else if (scope == null || !nested.takes(event, scope)) {
            deliver(event, scope, false);
        }
    }

    private void dispatchWithLanes(Publication<?> event, @Nullable DeliveryScope scope) {
        Reservation.prepare(event);
        boolean starts = startsWorkers(event);
        int unused = Stack.touch(starts ? Stack.START_FRAMES : HAND_OFF_FRAMES);
        reservation.take(event, scope);
        boolean done = false;
        try {
            if (scope == null || !nested.takes(event, scope)) {
                deliver(event, scope, starts);
            }
            done = true;
        } finally {
            if (!done && !StackEnd.hasTurn(event)) {
                Reservation.giveBack(event); // it was not accepted; a handler's error comes after the hand-over
            }
        }
    }

    private static boolean startsWorkers(Publication<?> event) {
        for (Slot slot = event.slots(); slot != null; slot = slot.sibling()) {
            if (slot.startsWorker()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Brings a publish to an end that met the end of the stack; may be called again from a shallower frame.
     *
     * @param event what was published
     * @param scope the calling thread's delivery before it
     */
    public void rescue(Publication<?> event, @Nullable DeliveryScope scope) {
        stackEnd.rescue(event, scope);
    }

    private void deliver(Publication<?> event, @Nullable DeliveryScope scope, boolean canStart) {
        CallerLane lane = enter(event, scope);
        if (lane == null) {
            throw BusClosedException.publish(bus, event.typeName());
        }
        try {
            accepted.count(lane.stripe());
            List<Slot> dropped = HandOff.drop(event);
            handOff.commit(event);
            accepted.tell(event);
            handOff.endDropped(dropped);
            handle(lane, event, canStart);
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
        CallerLane lane = callers.claim(event, thread);
        lane.enter(event, thread, scope);
        if (door.isOutermostRefused() && lane.withdraw(event)) {
            callers.left(lane);
            quiet.changed(); // a shutdown may have taken this lane for a busy one
            return null;
        }
        Scopes.set(lane);
        return lane;
    }

    private void handle(CallerLane lane, Publication<?> event, boolean canStart) {
        if (event.hasLanes()) {
            handOff.carryOut(event);
            delivery.all(lane, event);
            handOff.write(event, canStart);
        } else {
            delivery.all(lane, event);
        }
    }

    // The next event leaves the queue only when it is the lane's, so that a shutdown finds it in one of the two places.
    private void deliverPending(CallerLane lane) {
        for (Publication<?> next = nextPending(lane); next != null; next = nextPending(lane)) {
            handle(lane, next, false);
        }
    }

    private @Nullable Publication<?> nextPending(CallerLane lane) {
        Publication<?> next = lane.pending().peek();
        if (next == null || !lane.moveTo(next)) {
            return null;
        }
        quiet.changed(); // the event before is done
        lane.pending().remove(next);
        return next;
    }

    // No handler gets here, only what the bus was given: a clock that throws, or the end of stack or heap between
    // handlers.
    private void accountFor(CallerLane lane, Throwable broken) {
        Publication<?> outermost = lane.event();
        for (Publication<?> event = outermost; event != null; event = nextPending(lane)) {
            delivery.giveUpAll(lane, event, broken);
            letGo(event);
        }
    }

    // No lane may wait for ever for a write.
    private void letGo(Publication<?> event) {
        if (event.hasLanes()) {
            handOff.commit(event);
            handOff.carryOut(event);
            handOff.write(event, false);
        }
    }

    private void exit(CallerLane lane, @Nullable DeliveryScope scope) {
        Scopes.set(scope);
        Propagation thrown;
        try {
            thrown = lane.leave();
        } finally {
            callers.left(lane);
            quiet.changed();
        }
        if (thrown != null) {
            thrown.rethrow();
        }
    }

    /* ---------------- redrive ---------------- */

    /**
     * Delivers the event of a letter once more, in the calling thread.
     *
     * @param event the letter's event with the letter's subscription as its only target
     * @param letter the letter, in the caller's hands
     * @throws BusClosedException if the bus is closed; then nothing has happened
     */
    public void redrive(Publication<?> event, DeadLetter letter) {
        DeliveryScope scope = Scopes.current();
        Inlet inlet = event.target(0).inlet();
        if (inlet != null) {
            laneRedrive.redrive(event, letter, inlet, scope);
            return;
        }
        CallerLane around = own.lane(scope);
        if (around == null) {
            redriveOutermost(event, letter, scope);
        } else if (around.suspendFor(event, scope)) {
            Scopes.set(scope == null || scope.equals(around) ? around : new RedriveScope(around, scope));
            try {
                delivery.redrive(around, event, letter);
            } catch (Throwable broken) {
                delivery.giveUpAll(around, event, broken);
                throw broken;
            } finally {
                Scopes.set(around.resume());
            }
        }
    }

    private void redriveOutermost(Publication<?> event, DeadLetter letter, @Nullable DeliveryScope scope) {
        CallerLane lane = enter(event, scope);
        if (lane == null) {
            throw BusClosedException.redrive(bus);
        }
        try {
            delivery.redrive(lane, event, letter);
            deliverPending(lane);
        } catch (Throwable broken) {
            accountFor(lane, broken);
            throw broken;
        } finally {
            exit(lane, scope);
        }
    }

    /* ---------------- the end ---------------- */

    /**
     * Returns what has not ended.
     *
     * @return always the same
     */
    public InFlight inFlight() {
        return inFlight;
    }

    /**
     * Refuses what comes from outside a delivery after the shutdown has begun.
     *
     * @param type name of the event's type
     */
    public void requireOpen(String type) {
        door.requireOpen(type);
    }

    /**
     * Refuses a redrive after the shutdown has begun, but in a delivering thread itself.
     */
    public void requireOpenForRedrive() {
        door.requireOpenForRedrive();
    }

    /**
     * Counts the accepted events.
     *
     * @return how many
     */
    public long published() {
        return accepted.sum();
    }
}
