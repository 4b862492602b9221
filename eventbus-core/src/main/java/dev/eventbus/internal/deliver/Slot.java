/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.subscribe.Overflow;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One delivery on its way into the lanes of its subscription; what dispatch does with it.
 *
 * <p>{@code reserve -> commit -> write -> wake}, or {@code reserve -> giveBack}. Only the thread that publishes calls
 * these, or the one that it hands the event to.
 */
public interface Slot {
    /**
     * Returns the slot of the next target of the same event.
     *
     * @return the next one, or null
     */
    @Nullable Slot sibling();

    /**
     * Returns which target of the event it is for.
     *
     * @return the index
     */
    int index();

    /**
     * Returns what happens where there is no place.
     *
     * @return the subscription's policy
     */
    Overflow overflow();

    /**
     * Asks for a place; never waits.
     *
     * @param nested whether the publish is made inside a delivery, and so may use the reserve
     * @return what became of it; asking again after a PLACE does nothing
     */
    Admission reserve(boolean nested);

    /**
     * Tells whether it has a place.
     *
     * @return true between a successful {@link #reserve} and {@link #giveBack}
     */
    boolean hasPlace();

    /** Gives the place back, if there is one, and wakes one who waits for it. */
    void giveBack();

    /**
     * Waits until it is worth asking for a place again.
     *
     * @param nested whether the reserve may be used
     * @param deadlineNanos end of the wait
     * @param refused ends the wait as well; asked after it has begun, so that whoever refuses and then wakes is seen
     */
    void awaitRoom(boolean nested, long deadlineNanos, BooleanSupplier refused);

    /**
     * Returns whose end would make room: the delivery at the head of the lane that is full.
     *
     * @return that slot, or null if there is none or if others make room as well
     */
    @Nullable Slot roomMaker();

    /**
     * Takes over the place of the oldest delivery that has not begun.
     *
     * @return that delivery, for which the caller accounts, or null if all have begun
     */
    @Nullable Slot dropOldest();

    /**
     * Tells whether a wake would start a thread now.
     *
     * @return true if none is coming and more may be at work
     */
    boolean startsWorker();

    /** Takes its turn in the lanes; can neither fail nor wait. */
    void commit();

    /** The same for a caller that holds a lock; {@link #announce} follows when it has let go. */
    void commitUnannounced();

    /** Tells a shutdown that waits for it. */
    void announce();

    /**
     * Tells whether it has its turn.
     *
     * @return true after {@link #commit}
     */
    boolean isCommitted();

    /** Lets the delivery begin when its turn comes. */
    void write();

    /**
     * Tells whether the delivery may begin when its turn comes.
     *
     * @return true after {@link #write}
     */
    boolean isWritten();

    /** Frees the lane that waited for the write; after the writes of all siblings, and a full fence. */
    void free();

    /**
     * Makes sure that somebody looks after the lanes.
     *
     * @param canStart whether the caller has touched the stack that a start of a worker takes
     */
    void wake(boolean canStart);

    /**
     * Returns the event.
     *
     * @return the event, or null when the delivery is over
     */
    @Nullable Publication<?> event();

    /**
     * Returns the key of the event in this subscription.
     *
     * @return the key as text, or null for none
     */
    @Nullable String printedKey();

    /** Forgets the event: the delivery has its outcome. */
    void over();

    /**
     * Tells why there was no place when it was last asked for.
     *
     * @return true for the share of its key, false for the buffer
     */
    boolean isKeyFull();

    /**
     * Returns how many places there are, to be told.
     *
     * @return the size of the buffer, or the share of a key where that is full
     */
    int places();
}
