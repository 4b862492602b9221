/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

import dev.eventbus.EventBus;
import dev.eventbus.publish.EventScheduler;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.ScheduleFullException;
import dev.eventbus.publish.ScheduledPublish;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is scheduled until its own time has come that far, so that a year is over in a moment.
 *
 * <p>Stands where a program that lives through its days passes the bus itself. Events come in the order of their moments, equal
 * ones as they were scheduled, and have its time; what is scheduled inside a handler follows from the event that is handled
 * there, as with the bus. Unlike there, an event is checked when it is published. Bounded. Thread-safe.
 */
public final class Almanac implements EventScheduler {
    /** Most publishes that may wait. */
    static final int LIMIT = 100_000;

    private final EventBus bus;
    private final Instant begin;
    private final Lock lock = new ReentrantLock();
    private final PriorityQueue<Entry> entries = new PriorityQueue<>(
            Comparator.comparing(Entry::due).thenComparingLong(Entry::place)); // guarded by lock
    private Instant now; // guarded by lock
    private long places; // guarded by lock

    /**
     * Creates an almanac.
     *
     * @param bus takes the events
     * @param begin its time until it is turned
     */
    public Almanac(EventBus bus, Instant begin) {
        this.bus = bus;
        this.begin = begin;
        this.now = begin;
    }

    @Override
    public ScheduledPublish publishAfter(Duration delay, Object payload, PublishOptions options) {
        return publishAt(now().plus(delay), payload, options);
    }

    @Override
    public ScheduledPublish publishAt(Instant due, Object payload, PublishOptions options) {
        Callable<Receipt> publish = bus.wrapCall(() -> bus.publish(payload, dated(options)));
        String type = payload.getClass().getSimpleName();
        lock.lock();
        try {
            if (entries.size() >= LIMIT) {
                throw new ScheduleFullException(bus.name(), type, LIMIT);
            }
            Entry entry = new Entry(due, places++, type, publish, this::remove);
            entries.add(entry);
            return entry;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Turns to a later moment: publishes whatever is due until then, one after the other, also what is scheduled meanwhile.
     *
     * @param moment the moment; an earlier one than before publishes only what has been due for longer
     * @param rest lets the bus come to rest, after each of them
     */
    public void turnTo(Instant moment, Runnable rest) {
        for (Entry entry = nextUntil(moment); entry != null; entry = nextUntil(moment)) {
            entry.publish();
            rest.run();
        }
        advance(moment);
    }

    /**
     * Returns its time.
     *
     * @return the latest moment to which it was turned
     */
    public Instant now() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    PublishOptions dated(PublishOptions options) {
        Instant moment = now();
        return moment.isAfter(begin) ? options.timestamp(moment) : options;
    }

    /**
     * Counts what waits.
     *
     * @return publishes whose moments have not come
     */
    public int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    // No publish under the lock: its handlers schedule and cancel.
    private @Nullable Entry nextUntil(Instant moment) {
        lock.lock();
        try {
            Entry first = entries.peek();
            if (first == null || first.due().isAfter(moment)) {
                return null;
            }
            advance(first.due());
            return entries.poll();
        } finally {
            lock.unlock();
        }
    }

    private void advance(Instant moment) {
        lock.lock();
        try {
            now = moment.isAfter(now) ? moment : now;
        } finally {
            lock.unlock();
        }
    }

    private void remove(Entry entry) {
        lock.lock();
        try {
            entries.remove(entry);
        } finally {
            lock.unlock();
        }
    }
}
