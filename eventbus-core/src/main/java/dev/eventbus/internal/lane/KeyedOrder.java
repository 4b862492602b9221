/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.lane.Lane.State;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.runtime.Timers.Timer;
import dev.eventbus.internal.runtime.WaitPoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A lane for each key in flight (O-2), or without keys one for each delivery.
 *
 * <p>Sorting: whoever holds the lock moves slots from the inbox into the lanes of their keys; it runs no user code and
 * waits for nothing. Workers only try the lock: who finds it taken goes on, since the holder looks once more after it
 * has let go. A lane goes into {@code ready} when it gets its first delivery, and again after each one that leaves
 * others behind it, so that keys take turns. Its entry in the map goes when it is empty: the worker that has emptied it
 * says so, and who sorts next finds it still empty. Thread-safe.
 */
final class KeyedOrder implements LaneOrder {
    private static final int MOST_PAUSED = 10_000;
    private static final int SORTED_AT_ONCE = 1_024; // then the sorting worker does some work itself
    /** Key of events that have none: they have their order among themselves. */
    static final Object NO_KEY = new NoKey();

    /** No key of a user equals it; its hash is the same in every run, as simulations need. */
    private record NoKey() {}

    private final Lanes lanes;
    private final Ports ports;
    private final boolean keyed;
    private final ReentrantLock sorting = new ReentrantLock(); // around the next two and the consumer's side of the inbox
    private final Map<Object, Lane> byKey = new LinkedHashMap<>(); // in order, so that simulations repeat themselves
    private long numbers; // keys of deliveries that have none and need none
    private final Queue<Lane> ready = new ConcurrentLinkedQueue<>(); // at most the lanes in flight
    private final Queue<Lane> emptied = new ConcurrentLinkedQueue<>(); // the same; emptied again by who sorts
    private final Map<Object, Lane> retrying = new ConcurrentHashMap<>(); // lanes whose first delivery has failed before
    private final Set<Object> paused = ConcurrentHashMap.newKeySet(); // at most MOST_PAUSED and a few more

    KeyedOrder(Lanes lanes, Ports ports, boolean keyed) {
        this.lanes = lanes;
        this.ports = ports;
        this.keyed = keyed;
    }

    /* ---------------- workers ---------------- */

    @Override
    public @Nullable Lane next() {
        while (true) {
            Lane lane = ready.poll();
            if (lane == null) { // not before: sorting many at once is cheaper
                sort();
                lane = ready.poll();
            }
            if (lane == null || mayBegin(lane)) {
                return lane;
            }
        }
    }

    private boolean mayBegin(Lane lane) {
        if (!isStalled(lane)) {
            return true;
        }
        lane.stall();
        ports.runtime().mark("stall");
        return !isStalled(lane) && lane.free(State.STALLED); // the reason went away while it was noted
    }

    private boolean isStalled(Lane lane) {
        LaneSlot first = lane.first();
        return !lanes.isClosed() && ((first != null && !first.isWritten()) || isPaused(lane.key()));
    }

    @Override
    public List<LaneSlot> takeMore(Lane lane, int most) {
        throw new IllegalStateException("batches are of serial subscriptions"); // refused when subscribing
    }

    @Override
    public boolean hasWork() {
        return !ready.isEmpty() || (hasUnsorted() && !sorting.isLocked()); // who holds the lock looks again after it
    }

    @Override
    public boolean hasMore() {
        return !ready.isEmpty() || hasUnsorted();
    }

    private boolean hasUnsorted() {
        return lanes.inbox().peek() != null || !emptied.isEmpty();
    }

    private void sort() {
        while (hasUnsorted() && sorting.tryLock()) {
            boolean all;
            try {
                all = sortSome();
            } finally {
                sorting.unlock();
            }
            ports.runtime().mark("sorted");
            if (!all) {
                return;
            }
        }
    }

    private boolean sortSome() {
        for (Lane lane = emptied.poll(); lane != null; lane = emptied.poll()) {
            if (lane.queued() == 0) {
                byKey.remove(lane.key(), lane);
            }
        }
        for (int sorted = 0; sorted < SORTED_AT_ONCE; sorted++) {
            LaneSlot slot = lanes.inbox().peek();
            if (slot == null) {
                return true;
            }
            Lane lane = byKey.computeIfAbsent(keyOf(slot), Lane::new);
            lanes.inbox().take(slot);
            if (lane.append(slot)) {
                ready.add(lane);
            }
        }
        return false;
    }

    private Object keyOf(LaneSlot slot) {
        Object key = slot.key();
        return key == null ? Long.valueOf(numbers++) : key;
    }

    @Override
    public void ended(Lane lane) {
        if (lane.isRetrying()) {
            lane.retries(false);
            retrying.remove(lane.key(), lane);
        }
        (lane.advance() ? ready : emptied).add(lane);
        WaitPoint room = lane.room();
        if (room != null) {
            room.wakeAll();
        }
    }

    @Override
    public void willWait(Lane lane) {
        if (keyed) {
            lane.retries(true);
            retrying.put(lane.key(), lane);
        }
    }

    @Override
    public boolean await(Lane lane) {
        lane.await();
        return false;
    }

    @Override
    public void goOn(Lane lane) {
        if (lane.free(State.WAITING)) {
            Timer timer = lane.endWait();
            ready.add(lane);
            lanes.call();
            lanes.cancel(timer);
        }
    }

    /* ---------------- publishers ---------------- */

    @Override
    public void written(LaneSlot slot) {
        Lane lane = slot.lane();
        if (lane != null && lane.free(State.STALLED)) {
            ready.add(lane);
        }
    }

    @Override
    public @Nullable Lane laneOf(Object key) {
        return find(key);
    }

    @Override
    public boolean isOverShare(Object key) {
        Lane lane = retrying.get(key);
        if (lane == null) {
            return false;
        }
        find(key); // sorts, so that those count which wait in the inbox
        return lane.queued() >= lanes.settings().keyShare() && lane.equals(retrying.get(key));
    }

    @Override
    public boolean giveWay(Object key) {
        Lane lane = retrying.get(key);
        LaneSlot first = lane == null ? null : lane.first();
        boolean gives = first != null && first.giveWay();
        if (lane != null && gives) {
            goOn(lane);
        }
        return gives;
    }

    @Override
    public void awaitShare(Object key, long deadlineNanos, BooleanSupplier refused) {
        Lane lane = retrying.get(key);
        if (lane != null) {
            try {
                roomOf(lane).await(() -> lanes.isClosed() || refused.getAsBoolean() || !lane.equals(retrying.get(key))
                        || !isOverShare(key), deadlineNanos);
            } catch (InterruptedException interrupted) {
                ports.runtime().interrupt(Thread.currentThread());
            }
        }
    }

    private WaitPoint roomOf(Lane lane) {
        sorting.lock(); // two publishers must not make two
        try {
            WaitPoint room = lane.room() == null ? new WaitPoint(ports) : lane.room();
            lane.room(room);
            return room;
        } finally {
            sorting.unlock();
            lanes.callForWork(); // as below
        }
    }

    @Override
    public void wakeShares() {
        for (Lane lane : retrying.values()) {
            WaitPoint room = lane.room();
            if (room != null) {
                room.wakeAll();
            }
        }
    }

    @Override
    public @Nullable LaneSlot roomMaker(@Nullable Object key) {
        Lane lane = key == null ? null : find(key);
        boolean alone = lane != null && (lane.queued() >= lanes.places().inFlight() || isOverShare(lane.key()));
        return lane != null && alone ? lane.first() : null;
    }

    private @Nullable Lane find(Object key) {
        Lane found;
        sorting.lock();
        try {
            sortSome();
            found = byKey.get(key);
        } finally {
            sorting.unlock();
        }
        lanes.callForWork(); // for what was sorted, and what a worker has left to whoever held the lock
        return found;
    }

    @Override
    public @Nullable LaneSlot dropOldest() {
        find(NO_KEY); // sorts
        int most = ready.size();
        for (int looked = 0; looked < most; looked++) {
            Lane lane = ready.poll();
            LaneSlot first = lane == null ? null : lane.first();
            if (lane == null || first == null) {
                return null;
            }
            if (first.isWritten() && first.round() == null) {
                lane.advance();
                emptied.add(lane);
                return first;
            }
            ready.add(lane);
        }
        lanes.callForWork(); // a worker may have found none meanwhile
        return null;
    }

    /* ---------------- users ---------------- */

    @Override
    public void pause(Object key) {
        requireKeyed();
        if (paused.size() >= MOST_PAUSED && !paused.contains(key)) {
            throw new ConfigurationException("Subscription '" + lanes.name() + "' has " + MOST_PAUSED
                    + " paused keys already; resume some, or pause it as a whole");
        }
        paused.add(key);
    }

    @Override
    public void resume(Object key) {
        requireKeyed();
        if (paused.remove(key)) {
            Lane lane = find(key);
            if (lane != null && lane.free(State.STALLED)) {
                ready.add(lane);
            }
            lanes.call();
        }
    }

    private void requireKeyed() {
        if (!keyed) {
            throw lanes.notByKey();
        }
    }

    @Override
    public boolean isPaused(Object key) {
        return paused.contains(key);
    }

    /* ---------------- the end ---------------- */

    @Override
    public void goOnAll() {
        for (Lane lane : inFlight()) {
            if (lane.free(State.WAITING)) {
                Timer timer = lane.endWait();
                ready.add(lane);
                lanes.cancel(timer);
            } else if (lane.free(State.STALLED)) {
                ready.add(lane);
            }
        }
        wakeShares();
        lanes.call();
    }

    private List<Lane> inFlight() {
        List<Lane> lanesInFlight;
        sorting.lock();
        try {
            boolean all = false;
            while (!all) {
                all = sortSome();
            }
            lanesInFlight = new ArrayList<>(byKey.values());
        } finally {
            sorting.unlock();
        }
        lanes.callForWork(); // as above
        return lanesInFlight;
    }

    @Override
    public void forgetTimers() {
        inFlight().forEach(lane -> lanes.cancel(lane.takeTimer()));
    }

    @Override
    public List<LaneSlot> all() {
        List<LaneSlot> all = new ArrayList<>();
        inFlight().forEach(lane -> lane.each(all::add));
        return all;
    }

    @Override
    public int pausedInFlight() {
        if (paused.isEmpty()) {
            return 0;
        }
        return inFlight().stream().filter(lane -> isPaused(lane.key()) && lane.state() != State.FREE)
                .mapToInt(Lane::queued).sum();
    }
}
