/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.deliver.DeliverStage;
import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.LaneSettings;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.entry.EntryStage;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.outcome.Endings;
import dev.eventbus.internal.outcome.Quiet;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.runtime.Timers;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.ReturnedDelivery.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lanes of all subscriptions of a bus. Thread-safe. */
public final class LaneStage {
    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");

    /** In place of the deadline of a shutdown where there is none. */
    static final long FOR_EVER = Long.MAX_VALUE;
    private static final Duration LONGEST_TURN = Duration.ofMillis(500);

    private final LaneContext context;
    private final AtomicLong closeBy = new AtomicLong(FOR_EVER);
    private final List<Lanes> open = new CopyOnWriteArrayList<>(); // one for each subscription open or not yet empty

    /**
     * Creates the stage.
     *
     * @param bus name of the bus
     * @param ports time and threads
     * @param timers retries and timeouts
     * @param deliver runs attempts
     * @param endings ends deliveries
     * @param signals who is told
     * @param quiet is told when something has ended
     */
    public LaneStage(String bus, Ports ports, Timers timers, DeliverStage deliver, EntryStage entries, Endings endings,
            Signals signals, Quiet quiet) {
        this.context = new LaneContext(bus, ports, timers, deliver, entries, endings, signals, quiet, open);
    }

    /**
     * Gives a subscriber its lanes, if it is on virtual threads; before anything is routed to it.
     *
     * @param subscriber a new one
     */
    public void open(Subscriber subscriber) {
        LaneSettings settings = subscriber.laneSettings();
        if (settings != null) {
            Lanes lanes = new Lanes(context, subscriber, settings);
            subscriber.enterBy(lanes);
            open.add(lanes);
            lanes.listen();
        }
    }

    /**
     * Tells whether a scope is a delivery in lanes of this bus that has no outcome yet.
     *
     * @param scope some scope, without those around it
     * @return true in its handler, and in a thread that carries it
     */
    public boolean isDelivering(DeliveryScope scope) {
        return switch (scope) {
            case Worker worker -> open.contains(worker.lanes());
            case CarriedDelivery carried -> open.contains(carried.lanes()) && isOpen(carried);
            default -> false;
        };
    }

    private static boolean isOpen(CarriedDelivery carried) {
        Publication<?> event = carried.event();
        if (event == null || carried.target() == null) {
            return false;
        }
        for (int index = 0; index < event.size(); index++) {
            if (carried.target().equals(event.target(index))) {
                return event.isOpen(index);
            }
        }
        return false;
    }

    /**
     * Tells whether nothing was in flight at some moment of the call, but what is paused.
     *
     * <p>What came back is read before what was given, and what is paused in between. If the sums agree, nothing was
     * given since, and nothing in flight was running: no delivery can have begun another one unseen.
     *
     * @return true if nothing is queued, running or backing off
     */
    public boolean isQuiet() {
        long closeByNanos = closeBy.get();
        List<Lanes> all = List.copyOf(open);
        long back = all.stream().mapToLong(lanes -> lanes.places().back()).sum();
        long paused = all.stream().mapToLong(lanes -> lanes.pausedInFlight(closeByNanos)).sum();
        long given = all.stream().mapToLong(lanes -> lanes.places().given()).sum();
        return given == back + paused;
    }

    /**
     * Lets nothing more begin, returns what has no outcome, and interrupts the handlers of that.
     *
     * <p>Called again, it returns what has been committed meanwhile.
     *
     * @param returned takes what was returned
     */
    public void cut(List<ReturnedDelivery> returned) {
        for (Lanes lanes : open) {
            lanes.crew().cut(); // all first: observers take their time
        }
        for (Lanes lanes : open) {
            for (LaneSlot slot : lanes.order().all()) {
                cut(slot, returned);
            }
            lanes.forgetTimers();
            lanes.wakePublishers();
        }
    }

    /**
     * Notes until when a shutdown waits: what is behind a breaker for longer than that is not waited for.
     *
     * @param deadlineNanos the moment on the monotonic clock; of several the earliest counts
     */
    public void closeBy(long deadlineNanos) {
        long unused = closeBy.accumulateAndGet(deadlineNanos,
                (one, other) -> one == FOR_EVER || other - one < 0 ? other : one);
    }

    /** Waits, within the second that a shutdown has, for publishers that are just taking their turns. */
    public void awaitTurns() {
        long deadline = context.ports().deadlineNanos(LONGEST_TURN);
        open.forEach(lanes -> lanes.inbox().awaitLinked(deadline));
    }

    private void cut(LaneSlot slot, List<ReturnedDelivery> returned) {
        Publication<?> event = slot.event();
        Lane lane = slot.lane();
        Worker running = lane == null || !lane.isTurnOf(slot) ? null : lane.running();
        State state = running != null ? State.RUNNING : slot.round() == null ? State.WAITING : State.BACKING_OFF;
        int failed = slot.round() == null ? 0 : slot.round().nextAttempt() - 1;
        if (event != null && context.endings().returned(event, slot.index(), state, failed, returned)) {
            if (lane == null || lane.running() == null) {
                slot.giveBackOnce();
            }
            Thread thread = running == null || !running.isInHandler() ? null : running.thread();
            if (thread != null) {
                interrupt(thread);
            }
        }
    }

    // The worker takes nothing else on.
    private void interrupt(Thread thread) {
        try {
            context.ports().runtime().interrupt(thread);
        } catch (RuntimeException broken) { // of the runtime: the others must be cut all the same
            LOG.error("bus '{}': a handler could not be interrupted at the end: {}; mend the runtime", context.bus(),
                    Printable.describe(broken));
        }
    }

    /** Calls workers where a publisher could not: at the end of its stack, or with a runtime that threw. */
    public void callAll() {
        open.forEach(Lanes::callForWork);
    }

    /** Wakes the publishers that wait for a place: none will come. */
    public void wakePublishers() {
        open.forEach(Lanes::wakePublishers);
    }
}
