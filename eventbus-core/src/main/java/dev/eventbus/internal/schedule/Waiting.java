/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.schedule;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for its moment, and what is due and waits for its turn; bounded together.
 *
 * <p>Says who is where, not what becomes of them: that is each one's own state. Thread-safe.
 */
final class Waiting {
    /** What became of one that came. */
    enum Admission {
        /** It waits. */
        ADDED,
        /** There are as many as may be. */
        FULL,
        /** A shutdown has begun. */
        CLOSED
    }

    private final int limit;
    private final ReentrantLock lock = new ReentrantLock(); // around the fields below
    private final Set<Scheduled> early = new LinkedHashSet<>(); // guarded by lock
    private final Set<Scheduled> due = new LinkedHashSet<>(); // guarded by lock; in the order of their turns
    private boolean running; // guarded by lock: a thread takes the turns, or is about to
    private @Nullable List<Scheduled> left; // guarded by lock: all there were at the end; null while open

    Waiting(int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    Admission add(Scheduled one) {
        lock.lock();
        try {
            if (left != null) {
                return Admission.CLOSED;
            }
            if (early.size() + due.size() >= limit) {
                return Admission.FULL;
            }
            early.add(one);
            return Admission.ADDED;
        } finally {
            lock.unlock();
        }
    }

    void remove(Scheduled one) {
        lock.lock();
        try {
            boolean unused = early.remove(one) || due.remove(one);
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return early.size() + due.size();
        } finally {
            lock.unlock();
        }
    }

    /** Gives one its turn; true if a thread has to be started for it. */
    boolean due(Scheduled one) {
        lock.lock();
        try {
            if (!early.remove(one)) {
                return false; // taken back meanwhile
            }
            due.add(one);
            boolean start = !running;
            running = true;
            return start;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the next whose turn it is; null if there is none, and then the thread that asks has to end. */
    @Nullable Scheduled next() {
        lock.lock();
        try {
            Iterator<Scheduled> turns = due.iterator();
            running = turns.hasNext();
            if (!running) {
                return null;
            }
            Scheduled next = turns.next();
            turns.remove();
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the turns back, since there is no thread for them; the caller gives them another moment. */
    List<Scheduled> putOff() {
        lock.lock();
        try {
            List<Scheduled> all = List.copyOf(due);
            early.addAll(all);
            due.clear();
            running = false;
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Lets no more come; returns all there were, in the order in which they came, the same for every call. */
    List<Scheduled> close() {
        lock.lock();
        try {
            if (left == null) {
                left = new ArrayList<>(due);
                left.addAll(early);
                early.clear();
                due.clear();
            }
            return left;
        } finally {
            lock.unlock();
        }
    }
}
