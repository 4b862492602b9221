/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.deadletter.DeadLetterSink;
import dev.eventbus.internal.deliver.DeliverStage;
import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Scopes;
import dev.eventbus.internal.deliver.StripedCounter;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.PendingFullException;
import dev.eventbus.publish.PublishRejectedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");
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
     * @param scope the calling thread's delivery, or null outside all deliveries
     * @throws PublishRejectedException if it is not accepted; then nothing has happened
     */
    public void dispatch(Publication<?> event, @Nullable DeliveryScope scope) {
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
            shutdown.run(); // it may have taken this lane for a busy one
            return null;
        }
        Scopes.set(lane);
        return lane;
    }

    private void accepted(Publication<?> event, int stripe) {
        published.increment(stripe);
        if (signals.active()) {
            Scopes.signalling(event, () -> signals.tell(new Signal.Published(event, event.deliveries())));
        }
    }

    // The next event leaves the queue only when it is the lane's, so that a shutdown finds it in one of the two places.
    private void deliverPending(CallerLane lane) {
        for (Publication<?> next = nextPending(lane); next != null; next = nextPending(lane)) {
            delivery.all(lane, next);
        }
    }

    private static @Nullable Publication<?> nextPending(CallerLane lane) {
        Publication<?> next = lane.pending().peek();
        if (next == null || !lane.moveTo(next)) {
            return null;
        }
        lane.pending().remove(next);
        return next;
    }

    // No handler gets here, only what the bus was given: a clock that throws, or the end of stack or heap between
    // handlers.
    private void accountFor(CallerLane lane, Throwable broken) {
        for (Publication<?> event = lane.event(); event != null; event = nextPending(lane)) {
            delivery.giveUpAll(lane, event, broken);
        }
    }

    private void exit(CallerLane lane, @Nullable DeliveryScope scope) {
        Scopes.set(scope);
        Propagation thrown;
        try {
            thrown = lane.leave();
        } finally {
            lanes.left(lane);
            Runnable shutdown = closing;
            if (shutdown != null) {
                shutdown.run();
            }
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
        if (scope instanceof CallerLane lane && lanes.owns(lane)) {
            return offer(event, lane, lane.pending().ownTicket(), lane.stripe());
        }
        return scope instanceof CarriedScope carried && lanes.owns(carried.lane())
                && offer(event, carried.lane(), carried.ticket(), StripedCounter.NO_STRIPE);
    }

    private boolean offer(Publication<?> event, CallerLane lane, long ticket, int stripe) {
        touchStack(STACK_FRAMES);
        return switch (lane.pending().offer(event, ticket)) {
            case ACCEPTED -> {
                accepted(event, stripe);
                yield true;
            }
            case FULL -> throw new PendingFullException(bus, event.typeName(), pendingLimit);
            case TAKEN -> throw BusClosedException.publish(bus, event.typeName());
            case VOID -> false; // the delivery that this thread carries is over: it publishes for itself
        };
    }

    // A handler that publishes until the stack ends must not meet that end halfway through an offer: it meets it here,
    // before.
    private static int touchStack(int frames) {
        return frames == 0 ? 0 : 1 + touchStack(frames - 1);
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

    // Of this thread itself: a thread that carries a delivery has none.
    private @Nullable CallerLane ownLane(@Nullable DeliveryScope innermost) {
        for (DeliveryScope scope = innermost; scope != null; scope = scope.outer()) {
            if (scope instanceof CallerLane lane && lanes.owns(lane)) {
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
     * @param returned takes what was not ended
     */
    public void cut(List<ReturnedDelivery> returned) {
        Map<CallerLane, Cut> cuts = new LinkedHashMap<>(); // all first: observers take their time
        for (CallerLane lane : lanes.all()) {
            Cut cut = lane.cut();
            if (cut != null) {
                cuts.put(lane, cut);
            }
        }
        cuts.forEach((lane, cut) -> giveBack(lane, cut, returned));
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
        if (closing != null) {
            throw BusClosedException.publish(bus, type);
        }
    }

    /**
     * Refuses a redrive after the shutdown has begun, but in a delivering thread itself.
     */
    public void requireOpenForRedrive() {
        if (closing != null && ownLane(Scopes.current()) == null) {
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
