/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.lane.LaneStage;
import dev.eventbus.internal.outcome.Endings;
import dev.eventbus.internal.outcome.Quiet;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.publish.WouldDeadlockException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What callers and lanes have accepted and not ended: is waited for, or cut off. Thread-safe. */
public final class InFlight {
    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");

    private final String bus;
    private final CallerLanes callers;
    private final LaneStage lanes;
    private final OwnDeliveries own;
    private final Door door;
    private final Endings endings;
    private final Quiet quiet;
    private final Ports ports;

    InFlight(String bus, CallerLanes callers, OwnDeliveries own, Door door, DispatchStage.Parts parts, Ports ports) {
        this.bus = bus;
        this.callers = callers;
        this.own = own;
        this.door = door;
        this.lanes = parts.lanes();
        this.endings = parts.endings();
        this.quiet = parts.quiet();
        this.ports = ports;
    }

    /**
     * Tells whether the calling thread is inside a delivery of this bus.
     *
     * @return true in a handler, and in a thread that carries its delivery
     */
    public boolean isInsideDelivery() {
        return own.isInside();
    }

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
        if (own.isInside(subscriber)) {
            throw WouldDeadlockException.ownDelivery("closeAndAwait of subscription '" + subscriber.name() + "'");
        }
        return subscriber.inlet() == null
                ? quiet.await(callers.whenOthersAreDone(), ports.deadlineNanos(timeout), ports)
                : subscriber.inlet().awaitClosed(timeout);
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
        if (own.isInside()) {
            throw WouldDeadlockException.ownDelivery("drain of bus '" + bus + "'");
        }
        lanes.callAll();
        return quiet.await(this::isIdle, ports.deadlineNanos(timeout), ports);
    }

    /**
     * Tells whether nothing was queued, running or backing off at some moment of the call.
     *
     * @return true if no thread is inside an outermost publish, and nothing in lanes but what is paused
     */
    public boolean isIdle() {
        return callers.allFree() && lanes.isQuiet(); // in this order: a caller hands over to the lanes before it leaves
    }

    /* ---------------- a shutdown ---------------- */

    /**
     * Refuses publishes from outside from now on, those that wait for a place too.
     *
     * @param deadlineNanos until when the shutdown waits; what a circuit breaker keeps for longer does not count
     */
    public void close(long deadlineNanos) {
        door.close();
        lanes.closeBy(deadlineNanos);
        lanes.wakePublishers();
        lanes.callAll();
    }

    /**
     * Ends whatever is not ended, interrupts its threads, and refuses publishes inside deliveries too.
     *
     * @param returned takes what was not ended
     */
    public void cut(List<ReturnedDelivery> returned) {
        door.cutOff();
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
}
