/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.idempotency;

import dev.eventbus.spi.Clocks;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Claims and completed keys in bounded maps. Thread-safe. */
final class InMemoryIdempotencyStore implements IdempotencyStore {
    /*
     * Completed keys stand in two orders: by their completion, which says what is forgotten first when the store is full, and
     * by the end of their retention, which says what is over. Retention times differ, so that neither order tells the other:
     * in one list keys that have long to live would hide those behind them that are over. Each claim adds at most one key and
     * drops up to two that are over, so that these never pile up, and no call drops more, so that none is slow.
     *
     * The clock is read before the lock is taken. A thread that was held up in between judges by the time at which its call
     * began, which is what two calls at the same time have to expect.
     */
    private static final int DROPS = 2;
    private static final long FAR_NANOS = Long.MAX_VALUE / 4; // some 70 years; no sum of a clock reading and it overflows
    private static final ClaimResult RUNNING = new ClaimResult.Running(Duration.ofMillis(100)); // to another bus
    private static final ClaimResult COMPLETED = new ClaimResult.Completed();
    private static final ClaimResult FULL = new ClaimResult.Full();

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Id, Long> running = new HashMap<>(); // guarded by lock; tokens
    private final Map<Id, Done> completed = new LinkedHashMap<>(); // guarded by lock; the first completed first
    private final TreeSet<Done> byEnd = new TreeSet<>(Done::byEnd); // guarded by lock; the same keys
    private final int capacity;
    private final Clocks clocks;
    private final WhenFull whenFull;
    private long lastToken; // guarded by lock
    private long forgotten; // guarded by lock

    private record Id(String subscription, String key) {}

    private record Done(Id id, long token, long endNanos) {
        boolean isOver(long nowNanos) {
            return nowNanos - endNanos >= 0;
        }

        // by difference, since a monotonic clock may begin anywhere and pass zero
        static int byEnd(Done one, Done other) {
            long later = one.endNanos - other.endNanos;
            return later == 0 ? Long.compare(one.token, other.token) : Long.signum(later);
        }
    }

    InMemoryIdempotencyStore(int capacity, Clocks clocks, WhenFull whenFull) {
        this.capacity = capacity;
        this.clocks = clocks;
        this.whenFull = whenFull;
    }

    @Override
    public ClaimResult claim(String subscription, String key, Duration lease) {
        Id id = new Id(subscription, key);
        long nowNanos = clocks.monotonicNanos();
        return locked(() -> {
            dropThoseOver(nowNanos);
            return claim(id, nowNanos);
        });
    }

    private ClaimResult claim(Id id, long nowNanos) {
        if (running.containsKey(id)) {
            return RUNNING;
        }
        Done known = completed.get(id);
        if (known != null) {
            if (!known.isOver(nowNanos)) {
                return COMPLETED;
            }
            drop(known);
        }
        return claimFree(id);
    }

    private ClaimResult claimFree(Id id) {
        int early = 0;
        if (running.size() + completed.size() == capacity) { // then none that is over is left
            if (whenFull == WhenFull.REFUSE || completed.isEmpty()) {
                return FULL;
            }
            drop(completed.values().iterator().next());
            early = 1;
        }
        forgotten += early;
        lastToken++;
        running.put(id, lastToken);
        return new ClaimResult.Claimed(lastToken, early);
    }

    private void dropThoseOver(long nowNanos) {
        for (int i = 0; i < DROPS && !byEnd.isEmpty() && byEnd.first().isOver(nowNanos); i++) {
            drop(byEnd.first());
        }
    }

    private void drop(Done done) {
        completed.remove(done.id);
        byEnd.remove(done);
    }

    @Override
    public boolean complete(String subscription, String key, long token, Duration retention) {
        Id id = new Id(subscription, key);
        Done done = new Done(id, token, endNanos(id, token, retention));
        return locked(() -> {
            boolean own = running.remove(id, token);
            if (own) {
                completed.put(id, done);
                byEnd.add(done);
            }
            return own;
        });
    }

    // There is no lease: a claim that a clock has kept from its end would keep its key for ever.
    private long endNanos(Id id, long token, Duration retention) {
        try {
            return clocks.monotonicNanos() + toNanos(retention);
        } catch (RuntimeException broken) {
            boolean unused = locked(() -> running.remove(id, token));
            throw broken;
        }
    }

    private static long toNanos(Duration retention) {
        return retention.toSeconds() >= FAR_NANOS / 1_000_000_000L ? FAR_NANOS : retention.toNanos();
    }

    @Override
    public boolean release(String subscription, String key, long token) {
        Id id = new Id(subscription, key);
        return locked(() -> running.remove(id, token));
    }

    @Override
    public int size() {
        return locked(() -> running.size() + completed.size());
    }

    @Override
    public long forgotten() {
        return locked(() -> forgotten);
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
