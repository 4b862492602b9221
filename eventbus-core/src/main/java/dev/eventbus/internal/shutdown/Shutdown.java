/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.shutdown;

import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.dispatch.InFlight;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.outcome.Quiet;
import dev.eventbus.internal.route.RouteTable;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.runtime.Timers;
import dev.eventbus.internal.runtime.Timers.Timer;
import dev.eventbus.internal.runtime.WaitPoint;
import dev.eventbus.internal.schedule.ScheduleStage;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one shutdown of a bus, however many threads ask for it.
 *
 * <p>{@code OPEN -> CLOSING -> ENDED}. The last delivery to end ends it, or else the earliest deadline: that of a
 * caller who waits for it, or one scheduled for a caller inside a delivery, who cannot. Thread-safe.
 */
public final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");
    private static final long NONE = Long.MIN_VALUE;

    private final String bus;
    private final Ports ports;
    private final Signals signals;
    private final RouteTable routes;
    private final ScheduleStage schedule;
    private final InFlight inFlight;
    private final Quiet quiet;
    private final Timers timers;
    private final Runnable whenBegun;
    private final Runnable look = this::endIfIdle;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CompletableFuture<CloseReport> ended = new CompletableFuture<>();
    private final CompletionStage<CloseReport> completion = ended.minimalCompletionStage();
    private final WaitPoint waiting;
    private volatile @Nullable CloseReport report;
    private volatile @Nullable Thread ender; // who ends it just now, and so must not wait for the end
    private final AtomicLong begunNanos = new AtomicLong(NONE);
    private final AtomicLong earliestCut = new AtomicLong(NONE);

    /**
     * What a shutdown ends.
     *
     * @param routes refuses subscriptions
     * @param schedule withdraws scheduled publishes
     * @param inFlight refuses publishes
     * @param quiet tells when to look whether all is over
     * @param timers cut off where nobody waits
     * @param whenBegun ends what waits for itself alone, and is no delivery; may run twice
     */
    public record Parts(RouteTable routes, ScheduleStage schedule, InFlight inFlight, Quiet quiet, Timers timers,
            Runnable whenBegun) {}

    /**
     * Creates the shutdown of a bus that is open.
     *
     * @param bus name of the bus
     * @param ports time and waiting
     * @param signals who is told
     * @param parts what it ends
     */
    public Shutdown(String bus, Ports ports, Signals signals, Parts parts) {
        this.bus = bus;
        this.ports = ports;
        this.signals = signals;
        this.routes = parts.routes();
        this.schedule = parts.schedule();
        this.inFlight = parts.inFlight();
        this.quiet = parts.quiet();
        this.timers = parts.timers();
        this.whenBegun = parts.whenBegun();
        this.waiting = new WaitPoint(ports);
    }

    /**
     * Shuts down, and waits for the end unless called inside a delivery, or by an observer of the end itself.
     *
     * @param deadline longest wait for what is accepted; zero cuts off at once
     * @return the one report, or where waiting would wait for itself a first one that is not finished
     */
    public CloseReport run(Duration deadline) {
        long deadlineNanos = ports.deadlineNanos(deadline);
        begin(deadlineNanos);
        if (deadline.isZero()) {
            end(true);
        }
        CloseReport done = report;
        if (done != null) {
            return done;
        }
        if (inFlight.isInsideDelivery() || Thread.currentThread().equals(ender)) {
            scheduleCut(deadlineNanos);
            return new CloseReport(false, List.of(), schedule.withdrawn(), sinceBegin(), completion);
        }
        return await(deadlineNanos);
    }

    /**
     * Returns the end of the shutdown.
     *
     * @return ends with the finished report
     */
    public CompletionStage<CloseReport> ended() {
        return completion;
    }

    // Every caller closes before it goes on, so that nobody finds the shutdown ended and the bus still open.
    private void begin(long deadlineNanos) {
        begunNanos.compareAndSet(NONE, ports.clocks().monotonicNanos());
        schedule.close(); // before the door: what is not due is withdrawn, and not rejected when it is
        routes.close();
        inFlight.close(deadlineNanos);
        whenBegun.run();
        if (begun.compareAndSet(false, true)) {
            quiet.add(look);
            if (signals.active()) {
                signals.tell(new Signal.ShutdownBegun());
            }
        }
        schedule.tellWithdrawn();
        endIfIdle();
    }

    private void endIfIdle() {
        end(false);
    }

    // Only for callers that do not wait, and only if it is earlier than all before it.
    private void scheduleCut(long deadlineNanos) {
        long before = earliestCut.get();
        while (before == NONE || deadlineNanos - before < 0) {
            if (earliestCut.compareAndSet(before, deadlineNanos)) {
                Timer cut = timers.schedule(deadlineNanos, () -> ports.runtime()
                        .start("eventbus-" + bus + "-shutdown", () -> end(true))); // observers take their time
                CompletionStage<CloseReport> unused = ended.whenComplete((report, never) -> timers.cancel(cut));
                return;
            }
            before = earliestCut.get();
        }
    }

    // Called when something has ended, by the deadline, by an impatient caller. The first to find its condition true
    // ends it all, and whatever breaks meanwhile, there is a report: others wait for it.
    private void end(boolean now) {
        if ((now || inFlight.isIdle()) && ending.compareAndSet(false, true)) {
            ender = Thread.currentThread();
            List<ReturnedDelivery> returned = new ArrayList<>();
            try {
                quiet.remove(look);
                inFlight.cut(returned); // what is paused, too, where all else has ended
            } catch (Throwable broken) { // of a runtime or a clock
                LOG.error("bus '{}': the shutdown could not cut off everything: {}; mend the runtime or the clock", bus,
                        Printable.describe(broken));
            } finally {
                complete(new CloseReport(true, returned, schedule.withdrawn(), sinceBegin(), completion));
                ender = null;
            }
        }
    }

    // Those who wait are woken before the user's continuations run.
    private void complete(CloseReport finished) {
        if (signals.active()) {
            signals.tell(new Signal.ShutdownEnded(finished));
        }
        report = finished;
        waiting.wakeAll();
        ended.complete(finished);
    }

    // Waits itself for its deadline, so that it comes also when no virtual thread gets a carrier. An interrupt means
    // that the caller cannot wait: its deadline is now.
    private CloseReport await(long deadlineNanos) {
        boolean interrupted = false;
        long until = deadlineNanos;
        CloseReport done = report;
        while (done == null) {
            try {
                waiting.await(() -> report != null, until);
            } catch (InterruptedException impatient) {
                interrupted = true;
            }
            if (report == null) {
                end(true);
                until = ports.deadlineNanos(Duration.ofDays(1)); // another is ending it
            }
            done = report;
        }
        if (interrupted) {
            ports.runtime().interrupt(Thread.currentThread());
        }
        return done;
    }

    private Duration sinceBegin() {
        try {
            return Duration.ofNanos(ports.clocks().monotonicNanos() - begunNanos.get());
        } catch (RuntimeException broken) { // a clock that throws must not keep the report back
            return Duration.ZERO;
        }
    }
}
