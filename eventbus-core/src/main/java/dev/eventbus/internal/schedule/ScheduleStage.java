/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.schedule;

import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.publish.CheckedPayload;
import dev.eventbus.internal.publish.PublishStage;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.runtime.Timers;
import dev.eventbus.internal.runtime.Timers.Timer;
import dev.eventbus.observe.WithdrawnPublish;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.ScheduleFullException;
import dev.eventbus.publish.ScheduledPublish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is to be published later, and hands it on when it is due.
 *
 * <p>One timer each. When it is due it goes into a queue, which one thread empties, publish by publish; so equal moments
 * keep their order, a burst of them starts one thread, and the thread of the timers never waits for a publish. Thread-safe.
 */
public final class ScheduleStage {
    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");

    private final String bus;
    private final Ports ports;
    private final Timers timers;
    private final PublishStage publish;
    private final Waiting waiting;
    private final DuePublisher publisher;

    /**
     * Creates the stage.
     *
     * @param bus name of the bus
     * @param limit most publishes that wait
     * @param ports time and threads
     * @param timers tell when they are due
     * @param publish the next stage
     */
    public ScheduleStage(String bus, int limit, Ports ports, Timers timers, PublishStage publish) {
        this.bus = bus;
        this.ports = ports;
        this.timers = timers;
        this.publish = publish;
        this.waiting = new Waiting(limit);
        this.publisher = new DuePublisher(bus, ports, publish, waiting, this::arm);
    }

    /**
     * Schedules after a delay.
     *
     * @param delay not negative, up to the largest
     * @param payload the user's object; null is rejected
     * @param options explicit metadata
     * @return takes it back
     */
    public ScheduledPublish after(Duration delay, @Nullable Object payload, PublishOptions options) {
        Instant now = ports.now();
        boolean far = delay.compareTo(Duration.between(now, Instant.MAX)) > 0;
        return schedule(far ? Instant.MAX : now.plus(delay), delay, payload, options);
    }

    /**
     * Schedules at a moment of the wall clock, which is read once.
     *
     * @param due any moment; at once if it has passed
     * @param payload the user's object; null is rejected
     * @param options explicit metadata
     * @return takes it back
     */
    public ScheduledPublish at(Instant due, @Nullable Object payload, PublishOptions options) {
        Duration delay = Duration.between(ports.now(), due);
        return schedule(due, delay.isNegative() ? Duration.ZERO : delay, payload, options);
    }

    private ScheduledPublish schedule(Instant due, Duration delay, @Nullable Object payload, PublishOptions options) {
        long dueNanos = ports.deadlineNanos(delay); // before the user's validators: they take nothing from the delay
        CheckedPayload checked = publish.check(payload, options);
        Scheduled one = new Scheduled(this::cancel, checked, due, dueNanos);
        switch (waiting.add(one)) {
            case CLOSED -> throw publish.told(BusClosedException.publish(bus, one.type()));
            case FULL -> throw publish.told(new ScheduleFullException(bus, one.type(), waiting.limit()));
            case ADDED -> armFirst(one);
        }
        return one;
    }

    // Nobody but a shutdown knows it yet: who gets no thread to wait for it is told so, and it is as if it had never been.
    private void armFirst(Scheduled one) {
        try {
            arm(one, one.dueNanos());
        } catch (Throwable broken) {
            if (one.takeBack()) {
                waiting.remove(one);
            }
            throw broken;
        }
    }

    // Who takes it back does that before looking for its timer; the timer is there before looking whether it was.
    private void arm(Scheduled one, long atNanos) {
        Timer timer = timers.schedule(atNanos, () -> publisher.due(one));
        one.timer(timer);
        if (!one.isWaiting()) {
            timers.cancel(timer);
        }
    }

    private boolean cancel(Scheduled one) {
        if (!one.takeBack()) {
            return false;
        }
        waiting.remove(one);
        disarm(one);
        one.failed(
                new CancellationException("Bus '" + bus + "': an event (" + one.type() + ") scheduled for " + one.due()
                        + " was cancelled by its publisher"));
        return true;
    }

    private void disarm(Scheduled one) {
        Timer timer = one.timer();
        if (timer != null) {
            try {
                timers.cancel(timer);
            } catch (RuntimeException broken) { // of the runtime: it is taken back all the same
                LOG.error("bus '{}': the thread of the timers could not be woken: {}; mend the runtime", bus,
                        Printable.describe(broken));
            }
        }
    }

    /**
     * Counts what waits.
     *
     * @return how many, those that are due and wait for their turn included
     */
    public int size() {
        return waiting.size();
    }

    /* ---------------- the end ---------------- */

    /**
     * Refuses further ones and withdraws those whose publish has not begun. Every call does all of it, so that nobody
     * finds it half done.
     */
    public void close() {
        for (Scheduled one : waiting.close()) {
            if (one.withdraw()) {
                disarm(one);
            }
        }
    }

    /** Ends the completions of those that were withdrawn; after the door of the bus is closed. */
    public void tellWithdrawn() {
        for (Scheduled one : waiting.close()) {
            if (one.isWithdrawn()) {
                one.failed(new CancellationException("Bus '" + bus + "': an event (" + one.type() + ") scheduled for "
                        + one.due() + " was withdrawn by the shutdown; its report has it"));
            }
        }
    }

    /**
     * Lists what was withdrawn; after {@link #close()}.
     *
     * @return in the order of their moments, always the same
     */
    public List<WithdrawnPublish> withdrawn() {
        return waiting.close().stream().filter(Scheduled::isWithdrawn)
                .sorted((one, other) -> Long.signum(one.dueNanos() - other.dueNanos())).map(Scheduled::withdrawn)
                .toList();
    }
}
