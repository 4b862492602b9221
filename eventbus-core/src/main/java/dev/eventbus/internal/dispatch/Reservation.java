/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.internal.deliver.Admission;
import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.Inlet;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Scopes;
import dev.eventbus.internal.deliver.Slot;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.publish.BufferFullException;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.WouldDeadlockException;
import dev.eventbus.subscribe.Overflow;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes a place for an event in every subscription on virtual threads, or in none (P-2).
 *
 * <p>Nothing waits while it holds a place: at the first target that is full all places are given back, and only that
 * target is waited for. Places that drop or dead-letter what they cannot hold are asked last. Thread-safe.
 */
final class Reservation {
    private static final Duration LONGEST_NESTED_WAIT = Duration.ofSeconds(1);

    private final String bus;
    private final Ports ports;
    private final Predicate<@Nullable DeliveryScope> refused; // by a shutdown

    Reservation(String bus, Ports ports, Predicate<@Nullable DeliveryScope> refused) {
        this.bus = bus;
        this.ports = ports;
        this.refused = refused;
    }

    /** Makes the slots, where no filter leaves the event out and no user code has failed. */
    static void prepare(Publication<?> event) {
        Slot slots = null;
        for (int index = event.size() - 1; index >= 0; index--) {
            Inlet inlet = event.target(index).inlet();
            if (inlet != null && event.isOpen(index) && event.undecided(index) == null) {
                slots = prepare(event, index, inlet, slots);
            }
        }
        event.slots(slots);
    }

    // D-7: a throwing key function concerns its own subscription alone
    private static @Nullable Slot prepare(Publication<?> event, int index, Inlet inlet, @Nullable Slot siblings) {
        try {
            Object key = event.target(index).subscriber().keyOf(event);
            return inlet.slot(event, index, key, null, siblings);
        } catch (Throwable failure) {
            event.keyFailed(index, failure);
            return siblings;
        }
    }

    /** Takes the places for the slots of an event, waiting where the policies say so. */
    void take(Publication<?> event, @Nullable DeliveryScope scope) {
        Slot full = takeAll(event, scope != null, null);
        if (full != null) {
            takeWaiting(event, scope, full);
        }
    }

    private void takeWaiting(Publication<?> event, @Nullable DeliveryScope scope, Slot first) {
        boolean nested = scope != null;
        long begun = ports.clocks().monotonicNanos();
        for (Slot full = first; full != null; full = takeAll(event, nested, full)) {
            long until = begun + longestWait(full.overflow(), nested);
            boolean waits = ports.clocks().monotonicNanos() - until < 0 && !Thread.currentThread().isInterrupted();
            if (!waits) {
                throw rejection(event, full, begun);
            }
            if (onlyThisThreadMakesRoom(full)) {
                refuseIfStillFull(event, full, nested);
            } else {
                await(event, full, until, scope);
            }
        }
    }

    private void await(Publication<?> event, Slot full, long until, @Nullable DeliveryScope scope) {
        full.awaitRoom(scope != null, until, () -> refused.test(scope));
        if (refused.test(scope)) {
            throw BusClosedException.publish(bus, event.typeName());
        }
    }

    private static long longestWait(Overflow overflow, boolean nested) {
        if (!(overflow instanceof Overflow.Block block)) {
            return 0;
        }
        long most = Ports.toNanos(block.timeout());
        return nested ? Math.min(most, LONGEST_NESTED_WAIT.toNanos()) : most;
    }

    private static boolean onlyThisThreadMakesRoom(Slot full) {
        Slot maker = full.roomMaker();
        return maker != null && Scopes.holds(maker);
    }

    // The delivery before may have ended and its place come back since the buffer was found full: asked again, it is had.
    private void refuseIfStillFull(Publication<?> event, Slot full, boolean nested) {
        if (isFull(full, nested)) {
            throw WouldDeadlockException.buffer(bus, event.typeName(), subscription(event, full), full.places());
        }
    }

    private BufferFullException rejection(Publication<?> event, Slot full, long begun) {
        Duration waited = full.overflow() instanceof Overflow.Block
                ? Duration.ofNanos(ports.clocks().monotonicNanos() - begun)
                : Duration.ZERO;
        String name = subscription(event, full);
        return full.isKeyFull()
                ? BufferFullException.key(bus, event.typeName(), name, full.places(), waited)
                : BufferFullException.buffer(bus, event.typeName(), name, full.places(), waited);
    }

    private static String subscription(Publication<?> event, Slot slot) {
        return event.target(slot.index()).subscriber().name();
    }

    // Returns the first that is full, holding none, or null, holding all. Who was waited for is asked first: it has woken
    // this thread and no other.
    private @Nullable Slot takeAll(Publication<?> event, boolean nested, @Nullable Slot waitedFor) {
        if (waitedFor != null && isFull(waitedFor, nested)) {
            return waitedFor;
        }
        for (Slot slot = event.slots(); slot != null; slot = slot.sibling()) {
            if (mustHold(slot) && isFull(slot, nested)) {
                giveBack(event);
                return slot;
            }
            ports.runtime().mark("reserve");
        }
        for (Slot slot = event.slots(); slot != null; slot = slot.sibling()) {
            if (!mustHold(slot)) {
                Admission unused = slot.reserve(nested);
            }
        }
        return null;
    }

    private static boolean isFull(Slot slot, boolean nested) {
        return switch (slot.reserve(nested)) {
            case FULL, KEY_FULL -> true;
            case PLACE, CLOSED -> false;
        };
    }

    private static boolean mustHold(Slot slot) {
        return slot.overflow() instanceof Overflow.Block || Overflow.REJECT.equals(slot.overflow());
    }

    static void giveBack(Publication<?> event) {
        for (Slot slot = event.slots(); slot != null; slot = slot.sibling()) {
            slot.giveBack();
        }
    }
}
