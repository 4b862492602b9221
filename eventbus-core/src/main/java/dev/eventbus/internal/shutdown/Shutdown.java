/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.shutdown;

import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.dispatch.SynchronousDispatcher;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.route.RouteTable;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.runtime.WaitPoint;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.Signal;
import dev.eventbus.spi.BusRuntime.Scheduled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one shutdown of a bus, however many threads ask for it.
 *
 * <p>{@code OPEN -> CLOSING -> ENDED}. No thread is needed for it: the last publisher to leave ends it, or else the
 * deadline of whoever asked for the earliest one, scheduled on the runtime. Thread-safe.
 */
public final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");
    private static final long NOT_BEGUN = Long.MIN_VALUE;

    private final String bus;
    private final Ports ports;
    private final Signals signals;
    private final RouteTable routes;
    private final SynchronousDispatcher dispatcher;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CompletableFuture<CloseReport> ended = new CompletableFuture<>();
    private final CompletionStage<CloseReport> completion = ended.minimalCompletionStage();
    private final WaitPoint waiting;
    private final AtomicLong begunNanos = new AtomicLong(NOT_BEGUN);

    /**
     * Creates the shutdown of a bus that is open.
     *
     * @param bus name of the bus
     * @param ports time and waiting
     * @param signals who is told
     * @param routes refuses subscriptions
     * @param dispatcher refuses publishes
     */
    public Shutdown(String bus, Ports ports, Signals signals, RouteTable routes, SynchronousDispatcher dispatcher) {
        this.bus = bus;
        this.ports = ports;
        this.signals = signals;
        this.routes = routes;
        this.dispatcher = dispatcher;
        this.waiting = new WaitPoint(ports);
    }

    /**
     * Shuts down, and waits for the end unless called inside a delivery.
     *
     * @param deadline longest wait for what is accepted; zero cuts off at once
     * @return the one report, or inside a delivery a first one that is not finished
     */
    public CloseReport run(Duration deadline) {
        long deadlineNanos = ports.deadlineNanos(deadline);
        begin();
        if (deadline.isZero()) {
            end(true);
        }
        if (ended.isDone()) {
            return ended.join();
        }
        Scheduled cut = ports.runtime().schedule("eventbus-" + bus + "-shutdown", deadlineNanos, () -> end(true));
        CompletionStage<CloseReport> unused = ended.whenComplete((report, never) -> cut.cancel());
        if (dispatcher.isInsideDelivery()) {
            return new CloseReport(false, List.of(), sinceBegin(), completion);
        }
        await();
        return ended.join();
    }

    // Every caller closes before it goes on, so that nobody finds the shutdown ended and the bus still open.
    private void begin() {
        begunNanos.compareAndSet(NOT_BEGUN, ports.clocks().monotonicNanos());
        routes.close();
        dispatcher.close(this::endIfIdle);
        if (begun.compareAndSet(false, true)) {
            if (signals.active()) {
                signals.tell(new Signal.ShutdownBegun());
            }
            endIfIdle();
        }
    }

    private void endIfIdle() {
        end(false);
    }

    // Called by each leaving publisher, by the deadline, by an impatient caller. The first to find its condition true
    // ends it all.
    private void end(boolean now) {
        if ((now || dispatcher.isIdle()) && ending.compareAndSet(false, true)) {
            List<ReturnedDelivery> returned = new ArrayList<>();
            try {
                if (now) {
                    dispatcher.cut(returned);
                }
            } catch (Throwable broken) { // of a runtime or a clock: whoever waits for the report must not wait for ever
                LOG.error("bus '{}': the shutdown could not cut off everything: {}; mend the runtime or the clock", bus,
                        Printable.describe(broken));
            }
            complete(new CloseReport(true, returned, sinceBegin(), completion));
        }
    }

    private void complete(CloseReport report) {
        if (signals.active()) {
            signals.tell(new Signal.ShutdownEnded(report));
        }
        ended.complete(report);
        waiting.wakeAll();
    }

    // An interrupt means that the caller cannot wait: its deadline is now.
    private void await() {
        boolean interrupted = false;
        while (!ended.isDone()) {
            try {
                waiting.await(ended::isDone, ports.deadlineNanos(Duration.ofDays(1)));
            } catch (InterruptedException impatient) {
                interrupted = true;
                end(true);
            }
        }
        if (interrupted) {
            ports.runtime().interrupt(Thread.currentThread());
        }
    }

    private Duration sinceBegin() {
        return Duration.ofNanos(ports.clocks().monotonicNanos() - begunNanos.get());
    }
}
