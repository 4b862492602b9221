/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.deliver.DeliverStage;
import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.Inlet;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Scopes;
import dev.eventbus.internal.deliver.Slot;
import dev.eventbus.internal.deliver.StripedCounter;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.lane.LaneStage;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.outcome.Endings;
import dev.eventbus.internal.outcome.Quiet;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.runtime.Stack;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.PendingFullException;
import dev.eventbus.publish.PublishRejectedException;
import dev.eventbus.publish.WouldDeadlockException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an event to its subscriptions: to those on virtual threads by a turn in their lanes, to the synchronous ones in
 * the publisher's thread, breadth first, without a lock around handlers.
 *
 * <p>A publish takes its places in the lanes, claims a caller lane, takes its turns, delivers synchronously, lets the
 * lanes begin, does the same for the events that its synchronous handlers have published, and leaves. A publish inside a
 * synchronous delivery of this bus, in its own thread or in one that carries it, takes its turns at once and waits in
 * that caller lane for the rest. So whatever follows from an event comes after it everywhere (O-3).
 *
 * <p>Acceptance and shutdown meet in two volatile steps each: a publisher claims and then reads {@code closing} and
 * {@code cutOff}, a shutdown writes these and then reads the caller lanes; so an event is either seen by the shutdown or
 * rejected. Thread-safe.
 */
public final class DispatchStage {
    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");
    private static final int HAND_OFF_FRAMES = 32; // from the first place to the last write; each costs about a nanosecond
    private static final int OFFER_FRAMES = 64; // an offer takes about ten, and what counts and tells of it some more

    private final String bus;
    private final int pendingLimit;
    private final Signals signals;
    private final Endings endings;
    private final CallerDelivery delivery;
    private final CallerLanes callers;
    private final LaneStage lanes;
    private final Reservation reservation;
    private final HandOff handOff;
    private final StackEnd stackEnd;
    private final LaneRedrive laneRedrive;
    private final Quiet quiet;
    private final Ports ports;
    private final StripedCounter published;
    private volatile boolean closing; // publishes from outside are refused
    private volatile boolean cutOff; // all are

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
        this.pendingLimit = pendingLimit;
        this.ports = ports;
        this.signals = signals;
        this.endings = parts.endings();
        this.lanes = parts.lanes();
        this.quiet = parts.quiet();
        this.delivery = new CallerDelivery(ports, signals, parts.deliver(), endings);
        this.callers = new CallerLanes(stripes, pendingLimit, ports);
        this.reservation = new Reservation(bus, ports, this::isRefused);
        this.handOff = new HandOff(ports, endings);
        this.laneRedrive = new LaneRedrive(ports, reservation, handOff, endings, () -> cutOff);
        this.stackEnd = new StackEnd(callers, handOff, parts.quiet());
        this.published = new StripedCounter(stripes);
    }

    /**
     * What the synchronous way of an event shares with the lanes.
     *
     * @param deliver runs attempts
     * @param endings ends deliveries
     * @param lanes the other way
     * @param quiet is told when something has ended
     */
    public record Parts(DeliverStage deliver, Endings endings, LaneStage lanes, Quiet quiet) {}

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
        } else if (scope == null || !waitsInLane(event, scope)) {
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
            if (scope == null || !waitsInLane(event, scope)) {
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

    private boolean isRefused(@Nullable DeliveryScope scope) {
        return cutOff || (closing && (scope == null || !isInsideDelivery()));
    }

    private void deliver(Publication<?> event, @Nullable DeliveryScope scope, boolean canStart) {
        CallerLane lane = enter(event, scope);
        if (lane == null) {
            throw BusClosedException.publish(bus, event.typeName());
        }
        try {
            published.increment(lane.stripe());
            List<Slot> dropped = HandOff.drop(event);
            handOff.commit(event);
            tellAccepted(event);
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
        if (closing && (cutOff || !Scopes.isInside(lanes::isDelivering)) && lane.withdraw(event)) {
            callers.left(lane);
            quiet.changed(); // a shutdown may have taken this lane for a busy one
            return null;
        }
        Scopes.set(lane);
        return lane;
    }

    // What observers publish meanwhile has later turns.
    private void tellAccepted(Publication<?> event) {
        if (signals.active()) {
            Scopes.signalling(event, () -> signals.tell(new Signal.Published(event, event.deliveries())));
        }
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

    /* ---------------- inside a delivery ---------------- */

    // From the outside in: a redrive in a carried task has a lane of its own, but what follows from it follows from the
    // event around it too, and must not overtake that.
    private boolean waitsInLane(Publication<?> event, DeliveryScope scope) {
        DeliveryScope outer = scope.outer();
        if (outer != null && waitsInLane(event, outer)) {
            return true;
        }
        if (scope instanceof CallerLane lane && callers.owns(lane)) {
            return offer(event, lane, lane.pending().ownTicket(), lane.stripe());
        }
        return scope instanceof CarriedScope carried && callers.owns(carried.lane())
                && offer(event, carried.lane(), carried.ticket(), StripedCounter.NO_STRIPE);
    }

    private boolean offer(Publication<?> event, CallerLane lane, long ticket, int stripe) {
        int unused = Stack.touch(OFFER_FRAMES);
        List<Slot> dropped = HandOff.drop(event);
        PendingQueue.Offer answer = lane.pending().offer(event, ticket);
        if (answer == PendingQueue.Offer.ACCEPTED) {
            published.increment(stripe);
            HandOff.announce(event);
            tellAccepted(event);
            handOff.carryOut(event); // before this publish returns; unless its thread has come to it before
        }
        handOff.endDropped(dropped); // also for an event that is refused now: their places are gone
        return switch (answer) {
            case ACCEPTED -> true;
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
        return Scopes.isInside(this::isOurs);
    }

    private boolean isOurs(DeliveryScope scope) {
        return switch (scope) {
            case CallerLane lane -> callers.owns(lane);
            case CarriedScope carried -> callers.owns(carried.lane()) && carried.isLive();
            default -> lanes.isDelivering(scope);
        };
    }

    // Of this thread itself: a thread that carries a delivery has none.
    private @Nullable CallerLane ownLane(@Nullable DeliveryScope innermost) {
        for (DeliveryScope scope = innermost; scope != null; scope = scope.outer()) {
            if (scope instanceof CallerLane lane && callers.owns(lane)) {
                return lane;
            }
        }
        return null;
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
        CallerLane own = ownLane(scope);
        if (own == null) {
            redriveOutermost(event, letter, scope);
        } else if (own.suspendFor(event, scope)) {
            Scopes.set(scope == null || scope.equals(own) ? own : new RedriveScope(own, scope));
            try {
                delivery.redrive(own, event, letter);
            } catch (Throwable broken) {
                delivery.giveUpAll(own, event, broken);
                throw broken;
            } finally {
                Scopes.set(own.resume());
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

    /* ---------------- waiting for the end ---------------- */

    /**
     * Waits until no attempt of a closed subscription runs any more.
     *
     * @param subscriber the subscription
     * @param timeout longest wait
     * @return whether none does
     * @throws WouldDeadlockException inside its own delivery
     * @throws InterruptedException if the thread was interrupted
     */
    public boolean awaitClosed(Subscriber subscriber, Duration timeout) throws InterruptedException {
        if (Scopes.isInside(scope -> !(scope instanceof CarriedScope) && isOf(scope, subscriber))) {
            throw WouldDeadlockException.ownDelivery("closeAndAwait of subscription '" + subscriber.name() + "'");
        }
        return subscriber.inlet() == null
                ? quiet.await(callers.whenOthersAreDone(), ports.deadlineNanos(timeout), ports)
                : subscriber.inlet().awaitClosed(timeout);
    }

    private boolean isOf(DeliveryScope scope, Subscriber subscriber) {
        return isOurs(scope) && scope.target() != null && scope.target().subscriber().equals(subscriber);
    }

    /**
     * Waits for a moment in which nothing is queued, running or backing off, but what is paused.
     *
     * @param timeout longest wait
     * @return whether it came
     * @throws WouldDeadlockException inside a delivery of this bus
     * @throws InterruptedException if the thread was interrupted
     */
    public boolean drain(Duration timeout) throws InterruptedException {
        if (isInsideDelivery()) {
            throw WouldDeadlockException.ownDelivery("drain of bus '" + bus + "'");
        }
        lanes.callAll();
        return quiet.await(this::isIdle, ports.deadlineNanos(timeout), ports);
    }

    /* ---------------- shutdown ---------------- */

    /** Refuses publishes from outside from now on, those that wait for a place too. */
    public void close() {
        closing = true;
        lanes.wakePublishers();
        lanes.callAll();
    }

    /**
     * Tells whether nothing was queued, running or backing off at some moment of the call.
     *
     * @return true if no thread is inside an outermost publish, and nothing in lanes but what is paused
     */
    public boolean isIdle() {
        return callers.allFree() && lanes.isQuiet(); // in this order: a caller hands over to the lanes before it leaves
    }

    /**
     * Ends whatever is not ended, interrupts its threads, and refuses publishes inside deliveries too.
     *
     * @param returned takes what was not ended
     */
    public void cut(List<ReturnedDelivery> returned) {
        cutOff = true;
        lanes.cut(returned);
        cutCallers(returned);
        lanes.awaitTurns();
        lanes.cut(returned); // what those had handed over before they were cut off
    }

    private void cutCallers(List<ReturnedDelivery> returned) {
        Map<CallerLane, Cut> cuts = new LinkedHashMap<>(); // all first: observers take their time
        for (CallerLane lane : callers.all()) {
            Cut cut = lane.cut();
            if (cut != null) {
                cuts.put(lane, cut);
            }
        }
        // In the order of their events: lanes are found by thread, which differs from run to run of a simulation.
        cuts.entrySet().stream().sorted(Comparator.comparing(at -> at.getValue().event().id()))
                .forEach(at -> giveBack(at.getKey(), at.getValue(), returned));
    }

    private void giveBack(CallerLane lane, Cut cut, List<ReturnedDelivery> returned) {
        try {
            lane.giveBack(cut, endings, returned);
        } catch (RuntimeException broken) { // of the runtime: the other lanes must be given back all the same
            LOG.error("bus '{}': a thread could not be interrupted or woken at the end: {}; mend the runtime", bus,
                    Printable.describe(broken));
        }
    }

    /**
     * Tells whether the calling thread is inside a redriven delivery of some bus.
     *
     * @return true in its handler, and in a thread that carries it
     */
    public static boolean isInsideRedrive() {
        for (DeliveryScope scope = Scopes.current(); scope != null; scope = scope.outer()) {
            Publication<?> event = scope.event();
            if (event != null && event.isRedrive()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Refuses what comes from outside a delivery after the shutdown has begun.
     *
     * @param type name of the event's type
     */
    public void requireOpen(String type) {
        if (closing) {
            throw BusClosedException.publish(bus, type);
        }
    }

    /**
     * Refuses a redrive after the shutdown has begun, but in a delivering thread itself.
     */
    public void requireOpenForRedrive() {
        if (closing && ownLane(Scopes.current()) == null && !Scopes.isInside(lanes::isDelivering)) {
            throw BusClosedException.redrive(bus);
        }
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
