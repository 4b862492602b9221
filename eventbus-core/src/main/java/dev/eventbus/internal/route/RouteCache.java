/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.route;

import java.lang.ref.WeakReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Routes by class, without keeping the classes from being unloaded.
 *
 * <p>An open-addressed table that is replaced and never changed, so that a look-up takes no lock and allocates nothing.
 * A {@code ClassValue} would do it too, but its values are held by the class: a handler would stay alive for as long as
 * {@code String} does. Entries of unloaded classes go when the next class comes. Thread-safe.
 */
final class RouteCache {
    /** One class, weakly, and its route, which holds no class. */
    private static final class Slot extends WeakReference<Class<?>> {
        private final int hash;
        private final Route route;

        Slot(Class<?> type, Route route) {
            super(type);
            this.hash = type.hashCode();
            this.route = route;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Slot[] slots = new Slot[8]; // replaced under lock; a power of two, at most half full

    @Nullable Route find(Class<?> type) {
        @Nullable Slot[] table = slots;
        int mask = table.length - 1;
        for (int i = type.hashCode() & mask;; i = (i + 1) & mask) {
            Slot slot = table[i];
            if (slot == null) {
                return null;
            }
            if (slot.refersTo(type)) {
                return slot.route;
            }
        }
    }

    /** Keeps a route unless there is one already; returns the one that counts. */
    Route keep(Class<?> type, Route route) {
        lock.lock();
        try {
            Route there = find(type);
            if (there != null) {
                return there;
            }
            slots = with(new Slot(type, route));
            return route;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Slot[] with(Slot added) {
        int live = 1;
        for (Slot slot : slots) {
            live += slot != null && !slot.refersTo(null) ? 1 : 0;
        }
        @Nullable Slot[] table = new Slot[Math.max(8, Integer.highestOneBit(live) << 2)];
        for (Slot slot : slots) {
            if (slot != null && !slot.refersTo(null)) {
                put(table, slot);
            }
        }
        put(table, added);
        return table;
    }

    private static void put(@Nullable Slot[] table, Slot slot) {
        int i = slot.hash & (table.length - 1);
        while (table[i] != null) {
            i = (i + 1) & (table.length - 1);
        }
        table[i] = slot;
    }
}
