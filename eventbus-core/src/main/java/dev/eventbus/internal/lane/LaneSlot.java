/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.internal.deliver.Admission;
import dev.eventbus.internal.deliver.DeliveryRound;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Slot;
import dev.eventbus.subscribe.Overflow;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One delivery in the lanes of its subscription: a node of the {@link Inbox}, then of its {@link Lane}, and what is
 * known of its failed attempts.
 */
final class LaneSlot implements Slot {
    private static final VarHandle WRITTEN;
    private static final VarHandle NEXT_IN_LANE;
    private static final VarHandle LANE;
    private static final VarHandle RELEASED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WRITTEN = lookup.findVarHandle(LaneSlot.class, "written", boolean.class);
            NEXT_IN_LANE = lookup.findVarHandle(LaneSlot.class, "nextInLane", LaneSlot.class);
            LANE = lookup.findVarHandle(LaneSlot.class, "lane", Lane.class);
            RELEASED = lookup.findVarHandle(LaneSlot.class, "released", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Lanes lanes;
    private final int index;
    private @Nullable Object key;
    private @Nullable DeadLetter redriven;
    private final @Nullable Slot sibling;
    private @Nullable Publication<?> event; // null when over, by the lane's owner; benign race: who walks by skips the dead
    private boolean place; // of the thread that publishes
    private boolean keyFull; // the same
    private boolean committed; // the same
    // VarHandle RELEASED: two may give the place back, at a cut or where it was handled out of turn
    private volatile int released;
    private volatile boolean dropped; // by a publisher that drops, seen by the lane's owner; both hold the same lock
    private volatile boolean written; // released by the publisher after all commits, acquired by the lane's owner
    private volatile @Nullable LaneSlot next; // released by the next publisher, acquired by the inbox's consumer
    private volatile @Nullable LaneSlot nextInLane; // released by who sorts, acquired by the lane's owner
    private volatile @Nullable Lane lane; // set when its turn in the inbox has come
    private volatile boolean givesWay; // by a publisher: it must not be attempted again
    private long stoodStill; // of the lane's owner: for how long the gate had been shut when it last failed
    private volatile @Nullable DeliveryRound round; // from the first failure on; written by the lane's owner

    LaneSlot(Lanes lanes, @Nullable Publication<?> event, int index, @Nullable Object key,
            @Nullable DeadLetter redriven,
            @Nullable Slot sibling) {
        this.lanes = lanes;
        this.event = event;
        this.index = index;
        this.key = key;
        this.redriven = redriven;
        this.sibling = sibling;
    }

    /* ---------------- the publisher ---------------- */

    @Override
    public @Nullable Slot sibling() {
        return sibling;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public Overflow overflow() {
        return lanes.settings().overflow();
    }

    @Override
    public Admission reserve(boolean nested) {
        if (place) {
            return Admission.PLACE;
        }
        keyFull = key != null && redriven == null && !lanes.places().isClosed() && lanes.order().isOverShare(key)
                && !parks(key);
        if (keyFull) {
            return Admission.KEY_FULL;
        }
        Admission admission = lanes.places().take(nested);
        place = admission == Admission.PLACE;
        return admission;
    }

    // O-2: a key that holds its share is parked where letters keep their order; then it holds it no longer.
    private boolean parks(Object full) {
        return lanes.subscriber().policies().sequencing() != null && lanes.order().giveWay(full);
    }

    @Override
    public boolean hasPlace() {
        return place;
    }

    @Override
    public void giveBack() {
        if (place) {
            lanes.places().giveBack();
            place = false; // not before: the end of the stack may be met in between, and this called again
            lanes.placeCameBack();
        }
    }

    @Override
    public void awaitRoom(boolean nested, long deadlineNanos, BooleanSupplier refused) {
        if (key != null && keyFull) {
            lanes.waiters().wakeNext(); // it may have been woken for a place that it cannot use
            lanes.order().awaitShare(key, deadlineNanos, refused);
        } else {
            lanes.waiters().await(nested, deadlineNanos, refused);
        }
    }

    @Override
    public @Nullable Slot roomMaker() {
        LaneSlot own = lanes.settings().concurrency() == 1 ? lanes.ownDelivery() : null;
        return own == null ? lanes.order().roomMaker(key) : own;
    }

    @Override
    public @Nullable Slot dropOldest() {
        LaneSlot oldest = lanes.order().dropOldest();
        if (oldest != null) {
            place = true; // the dropped one's
        }
        return oldest;
    }

    @Override
    public void commit() {
        lanes.inbox().commit(this);
        committed = true;
    }

    @Override
    public void commitUnannounced() {
        lanes.inbox().commitUnannounced(this);
        committed = true;
    }

    @Override
    public void announce() {
        lanes.inbox().announce();
    }

    @Override
    public boolean startsWorker() {
        return lanes.crew().wantsCall();
    }

    @Override
    public boolean isCommitted() {
        return committed;
    }

    @Override
    public void write() {
        WRITTEN.setRelease(this, true); // the fence after all of them makes it seen
    }

    @Override
    public void free() {
        lanes.order().written(this);
    }

    @Override
    public void wake(boolean canStart) {
        if (redriven != null) {
            lanes.redriven().offer(this);
        }
        if (canStart) {
            lanes.callFromRoom();
        } else {
            lanes.call();
        }
    }

    @Override
    public boolean isKeyFull() {
        return keyFull;
    }

    @Override
    public int places() {
        return keyFull ? lanes.settings().keyShare() : lanes.settings().places();
    }

    /* ---------------- both ---------------- */

    @Override
    public @Nullable Publication<?> event() {
        return event;
    }

    @Override
    public boolean isWritten() {
        return written;
    }

    @Override
    public @Nullable String printedKey() {
        return key == null || KeyedOrder.NO_KEY.equals(key) ? null : key.toString();
    }

    @Nullable Object key() {
        return key;
    }

    /** Tells whether its turn comes after another one's, and not before the other has ended. */
    boolean waitsBehind(LaneSlot other) {
        return lanes.order() instanceof SerialOrder || (key != null && key.equals(other.key));
    }

    Lanes lanes() {
        return lanes;
    }

    /* ---------------- the lanes ---------------- */

    @Nullable DeadLetter redriven() {
        return redriven;
    }

    boolean isDropped() {
        return dropped;
    }

    void drop() {
        dropped = true;
    }

    @Nullable DeliveryRound round() {
        return round;
    }

    void failed(DeliveryRound after) {
        round = after;
    }

    /** Has it given up instead of attempted again; false if no attempt has failed. */
    boolean giveWay() {
        givesWay = round != null;
        return givesWay;
    }

    boolean mustGiveWay() {
        return givesWay;
    }

    /** Returns for how long the gate has been shut since the last failure, given the total. */
    long stoodStillSinceFailure(long total) {
        long before = round == null ? total : stoodStill;
        stoodStill = total;
        return total - before;
    }

    @Override
    public void over() {
        if (redriven != null) {
            lanes.redriven().forget(this);
        }
        event = null;
        round = null;
        redriven = null;
        key = null;
    }

    /** Tells whether somebody has given the place back. */
    boolean isReleased() {
        return released != 0;
    }

    /** Gives the place back, unless somebody has. */
    void giveBackOnce() {
        if (released == 0 && RELEASED.compareAndSet(this, 0, 1)) {
            lanes.gaveBack();
        }
    }

    @Nullable LaneSlot next() {
        return next;
    }

    void link(LaneSlot following) {
        next = following; // volatile: who waits for the link sees it, or is seen
    }

    @Nullable LaneSlot nextInLane() {
        return nextInLane;
    }

    void linkInLane(LaneSlot following) {
        NEXT_IN_LANE.setRelease(this, following);
    }

    @Nullable Lane lane() {
        return lane;
    }

    void sortedInto(Lane where) {
        LANE.setRelease(this, where);
    }
}
