/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.internal.deliver.Publication;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The events that were published inside the handlers of one outermost publish and wait for their turn.
 *
 * <p>Filled by the lane's own thread and by threads that carry its delivery ({@code wrap}), emptied by the lane's
 * thread, or at once by a shutdown. A ticket names one outermost publish: when that is over the ticket is void, so that
 * a late thread cannot hand its event to the lane's next user. The lock is held for a few instructions and never around
 * user code.
 */
final class PendingQueue {
    /** What became of an offer. */
    enum Offer {
        /** It waits now. */
        ACCEPTED,
        /** There are as many as may wait. */
        FULL,
        /** A shutdown has taken all that waited, and nothing more is accepted. */
        TAKEN,
        /** The ticket's outermost publish is over. */
        VOID
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Publication<?>> events = new ArrayDeque<>(0); // guarded by lock
    private final int limit;
    private long ticket; // guarded by lock; the lane's thread reads its own without
    private boolean shared; // written by the lane's thread only: from then on others may offer
    private boolean taken; // guarded by lock; for good, since only a shutdown takes
    private boolean used; // guarded by lock; the lane's thread may read it without while it does not share

    PendingQueue(int limit) {
        this.limit = limit;
    }

    /** Lets other threads offer until the outermost publish is over; called by the lane's thread. */
    long share() {
        lock.lock();
        try {
            shared = true;
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    long ownTicket() {
        return ticket;
    }

    /** Tells whether a ticket is not void. */
    boolean isCurrent(long offered) {
        lock.lock();
        try {
            return offered == ticket;
        } finally {
            lock.unlock();
        }
    }

    Offer offer(Publication<?> event, long offered) {
        lock.lock();
        try {
            if (offered != ticket) {
                return Offer.VOID;
            }
            if (taken) {
                return Offer.TAKEN;
            }
            if (events.size() >= limit) {
                return Offer.FULL;
            }
            events.addLast(event);
            HandOff.commitUnannounced(event); // before the lane's thread can handle it
            used = true;
            return Offer.ACCEPTED;
        } finally {
            lock.unlock();
        }
    }

    /** Looks at the next event; when there is none the outermost publish is over and its ticket is void. */
    @Nullable Publication<?> peek() {
        if (!shared && !used) {
            return null; // the plain path: nobody but this thread could have offered, and it has not
        }
        lock.lock();
        try {
            Publication<?> next = events.peekFirst();
            if (next == null) {
                ticket++;
                shared = false;
                used = false;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets an event that was looked at, unless a shutdown has taken it meanwhile. */
    void remove(Publication<?> next) {
        lock.lock();
        try {
            if (events.peekFirst() == next) {
                events.removeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes everything for a shutdown; what is offered later is refused. */
    List<Publication<?>> takeAll() {
        lock.lock();
        try {
            taken = true;
            List<Publication<?>> all = new ArrayList<>(events);
            events.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    boolean contains(Publication<?> event) {
        lock.lock();
        try {
            return events.contains(event);
        } finally {
            lock.unlock();
        }
    }
}
