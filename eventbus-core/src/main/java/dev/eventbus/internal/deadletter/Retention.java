/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deadletter;

import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.runtime.Timers;
import dev.eventbus.internal.runtime.Timers.Timer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets letters expire that are older than a bus wants to keep, on the monotonic clock.
 *
 * <p>Remembers a moment for each letter that the store has, and so is bounded by it. One timer entry, for the first that
 * will be due; what is due is looked at on a thread of its own, since stores take their time. What could not expire is
 * looked at again when a letter is let go of or removed. Thread-safe.
 */
public final class Retention {
    /** What a look at a letter has led to. */
    enum Look {
        /** It is gone, now or before. */
        GONE,
        /** Its turn has not come, or somebody has it in hand: something will change that. */
        BLOCKED,
        /** The store threw: nothing would tell when it is mended. */
        FAILED
    }

    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");

    private final String name;
    private final Ports ports;
    private final Timers timers;
    private final long ageNanos;
    private final ReentrantLock lock = new ReentrantLock(); // around the fields below, never around a port
    private final Map<UUID, Long> kept = new LinkedHashMap<>(); // guarded by lock; when, the oldest first
    private final Set<UUID> due = new LinkedHashSet<>(); // guarded by lock; old enough, and still there
    private Function<UUID, Look> expiry = id -> Look.GONE; // written once, before the bus is there
    private @Nullable Timer timer; // guarded by lock
    private boolean timed; // guarded by lock: there is a timer entry, or about to be
    private boolean looking; // guarded by lock: a thread looks, or is about to
    private boolean lookAgain; // guarded by lock: something has changed since it began to
    private boolean closed; // guarded by lock

    /**
     * Creates a retention of nothing.
     *
     * @param bus name of the bus
     * @param age longest time that a letter is kept after its latest round
     * @param ports time and threads
     * @param timers wake it
     */
    public Retention(String bus, Duration age, Ports ports, Timers timers) {
        this.name = "eventbus-" + bus + "-retention";
        this.ports = ports;
        this.timers = timers;
        this.ageNanos = Ports.toNanos(age);
    }

    /** Begins: letters that are there already count from now. */
    void begin(List<UUID> there, Function<UUID, Look> howToExpire) {
        expiry = howToExpire;
        there.forEach(this::kept);
    }

    // A clock or runtime that throws must not undo what was kept: the letter stays, and the log says so.
    /** A letter was kept, or kept again. */
    void kept(UUID id) {
        try {
            youngest(id, ports.clocks().monotonicNanos());
            schedule();
        } catch (RuntimeException broken) {
            LOG.error("dead letter {} cannot be timed: {}; mend the clock or the runtime, or discard the letter", id,
                    Printable.describe(broken));
        }
    }

    private void youngest(UUID id, long now) {
        lock.lock();
        try {
            if (!closed) {
                due.remove(id);
                kept.remove(id);
                kept.put(id, now);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A letter was removed. */
    void gone(UUID id) {
        Timer unneeded = null;
        lock.lock();
        try {
            due.remove(id);
            kept.remove(id);
            unneeded = kept.isEmpty() ? takeTimer() : null; // so that no thread waits for nothing
        } finally {
            lock.unlock();
        }
        cancel(unneeded);
        changed();
    }

    /** A letter was let go of, or a sequence has another head: what is due may expire now. */
    void changed() {
        lock.lock();
        try {
            lookAgain |= looking;
            if (looking || due.isEmpty()) {
                return;
            }
            looking = true;
        } finally {
            lock.unlock();
        }
        startLook();
    }

    /** Ends: nothing expires any more. */
    public void close() {
        Timer unneeded;
        lock.lock();
        try {
            closed = true;
            kept.clear();
            due.clear();
            unneeded = takeTimer();
        } finally {
            lock.unlock();
        }
        cancel(unneeded);
    }

    /* ---------------- the timer ---------------- */

    private void schedule() {
        long atNanos;
        lock.lock();
        try {
            if (timed || kept.isEmpty()) {
                return;
            }
            timed = true;
            atNanos = kept.values().iterator().next() + ageNanos;
        } finally {
            lock.unlock();
        }
        try {
            scheduled(timers.schedule(atNanos, this::ring));
        } catch (Throwable broken) {
            untimed(); // the next letter tries again
            throw broken;
        }
    }

    private void scheduled(Timer entry) {
        boolean unneeded;
        lock.lock();
        try {
            unneeded = !timed; // it has rung, or was taken back meanwhile
            timer = unneeded ? null : entry;
        } finally {
            lock.unlock();
        }
        if (unneeded) {
            cancel(entry);
        }
    }

    private void untimed() {
        lock.lock();
        try {
            timed = false;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Timer takeTimer() {
        Timer taken = timer;
        timer = null;
        timed = false;
        return taken;
    }

    private void cancel(@Nullable Timer entry) {
        if (entry == null) {
            return;
        }
        try {
            timers.cancel(entry);
        } catch (RuntimeException broken) { // a thread waits in vain for a while
            LOG.error("a timer for dead letters could not be taken back: {}; mend the runtime",
                    Printable.describe(broken));
        }
    }

    private void ring() {
        lock.lock();
        try {
            timer = null;
            timed = false;
            lookAgain |= looking;
            if (looking) {
                return;
            }
            looking = true;
        } finally {
            lock.unlock();
        }
        startLook();
    }

    /* ---------------- the look ---------------- */

    private void startLook() {
        try {
            ports.runtime().start(name, this::look);
        } catch (RuntimeException broken) {
            boolean unused = isOver(false);
            LOG.error("dead letters that are due cannot expire: {}; mend the runtime", Printable.describe(broken));
        }
    }

    private void look() {
        boolean again = true;
        while (again) {
            lookOnce();
            again = !isOver(true);
        }
        try {
            schedule();
        } catch (RuntimeException broken) {
            LOG.error("dead letters cannot be timed: {}; mend the clock or the runtime", Printable.describe(broken));
        }
    }

    private void lookOnce() {
        try {
            long now = ports.clocks().monotonicNanos();
            for (UUID id : takeDue(now)) {
                switch (expiry.apply(id)) {
                    case GONE -> gone(id);
                    case FAILED -> youngest(id, now); // one look per age, whatever the store does
                    case BLOCKED -> {
                        // It stays due; whoever has it in hand, or is before it, rings when that changes.
                    }
                }
            }
        } catch (RuntimeException broken) { // of the clock
            LOG.error("dead letters cannot expire: {}; mend the clock", Printable.describe(broken));
        }
    }

    private List<UUID> takeDue(long now) {
        lock.lock();
        try {
            Iterator<Map.Entry<UUID, Long>> entries = kept.entrySet().iterator();
            while (entries.hasNext()) {
                Map.Entry<UUID, Long> next = entries.next();
                if (now - next.getValue() < ageNanos) {
                    break;
                }
                due.add(next.getKey());
                entries.remove();
            }
            return List.copyOf(due);
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver(boolean lookedAtAll) {
        lock.lock();
        try {
            looking = lookAgain && lookedAtAll;
            lookAgain = false;
            return !looking;
        } finally {
            lock.unlock();
        }
    }
}
