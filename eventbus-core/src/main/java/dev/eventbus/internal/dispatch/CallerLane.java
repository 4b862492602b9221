/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Target;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.ReturnedDelivery.State;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one thread needs while it publishes synchronously: the event in its deliveries, those that wait, and a stripe of
 * the counters. Owned by one thread at a time, from its outermost publish to the return of that.
 *
 * <p>{@code run} is the one word that the owner and a shutdown contend for: null, then the event in its deliveries, one
 * event after the other, then null again, each step by the owner's compare-and-set; a shutdown at its deadline puts a
 * {@link Cut} there instead. So the shutdown knows exactly which event it cut off, and the owner learns of the cut at
 * the next step at the latest. The owner does not leave before the interrupt of the cut has arrived and been cleared,
 * so that it hits nothing else.
 */
final class CallerLane implements DeliveryScope {
    /** A shutdown's mark: from now on this thread's deliveries have been returned. */
    private static final class Cut {
        private boolean interrupts; // written before arrived
        private volatile boolean arrived; // the interrupt, if any, has been sent: the owner may leave
        private volatile @Nullable Thread leaving; // the owner, when it waits for that
    }

    /** An event whose handler redrives letters: it goes on afterwards. */
    private record Suspended(Publication<?> event, @Nullable Target target, int index, int attempt, State state,
            @Nullable DeliveryScope scope, @Nullable Suspended next) {}

    private static final VarHandle RUN;

    static {
        try {
            RUN = MethodHandles.lookup().findVarHandle(CallerLane.class, "run", Object.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final CallerLanes family;
    private final int stripe;
    private final PendingQueue pending;
    private final Ports ports;

    private volatile @Nullable Object run; // VarHandle RUN, volatile: null, a Publication or a Cut
    private volatile @Nullable Thread thread; // the owner; written by it, read by a shutdown after the cut

    // Written by the owner. A shutdown reads them for its report, as they are at that moment: a benign race.
    private @Nullable Publication<?> event;
    private @Nullable Target target;
    private int index;
    private int attempt;
    private State state = State.WAITING;
    private @Nullable Suspended suspended;

    private @Nullable DeliveryScope outer; // owner only
    private @Nullable Propagation propagation; // owner only
    private boolean interrupted; // owner only: the caller's interrupt, given back at the end

    CallerLane(CallerLanes family, int stripe, int pendingLimit, Ports ports) {
        this.family = family;
        this.stripe = stripe;
        this.pending = new PendingQueue(pendingLimit);
        this.ports = ports;
    }

    /* ---------------- the owner ---------------- */

    boolean tryClaim(Publication<?> first) {
        return run == null && RUN.compareAndSet(this, null, first);
    }

    /** Begins the ownership that {@link #tryClaim} has won. */
    void enter(Publication<?> first, Thread owner, @Nullable DeliveryScope around) {
        thread = owner; // volatile: a shutdown that cuts from now on sees whom to interrupt, or the owner sees the cut
        outer = around;
        event = first;
        index = -1;
    }

    /**
     * Gives the lane back before anything was done with it; false if a shutdown has cut it off, and so accounts for the
     * event.
     */
    boolean withdraw(Publication<?> first) {
        thread = null;
        outer = null;
        event = null;
        return RUN.compareAndSet(this, first, null);
    }

    /** Goes on to another event; false if a shutdown was faster. */
    boolean moveTo(Publication<?> next) {
        Publication<?> last = event;
        if (last == null || !RUN.compareAndSet(this, last, next)) {
            return false;
        }
        event = next;
        index = -1;
        return true;
    }

    void begin(Target handling, int at, int number) {
        target = handling;
        index = at;
        attempt = number;
        state = State.RUNNING;
    }

    void ended() {
        target = null;
        state = State.WAITING;
    }

    void backsOff(int nextAttempt) {
        attempt = nextAttempt;
        state = State.BACKING_OFF;
    }

    /** Waits for the next attempt; false if the caller or a shutdown interrupts. */
    boolean backOff(long delayNanos) {
        long until = ports.clocks().monotonicNanos() + delayNanos;
        while (!interrupted && !isCut() && ports.clocks().monotonicNanos() - until < 0) {
            ports.runtime().parkUntil(until);
            noteInterrupt(Thread.interrupted());
        }
        return !interrupted && !isCut();
    }

    void noteInterrupt(boolean seen) {
        interrupted |= seen;
    }

    boolean isCut() {
        return run instanceof Cut;
    }

    /** Puts the current event aside for a redrive inside its handler; false if a shutdown was faster. */
    boolean suspendFor(Publication<?> redriven, @Nullable DeliveryScope scope) {
        Publication<?> aside = event;
        if (aside == null) {
            return false;
        }
        suspended = new Suspended(aside, target, index, attempt, state, scope, suspended);
        return moveTo(redriven);
    }

    /** Takes up the event that was put aside; returns the scope that was the thread's then. */
    @Nullable DeliveryScope resume() {
        Suspended back = suspended;
        if (back == null) {
            return null;
        }
        moveTo(back.event);
        event = back.event;
        target = back.target;
        index = back.index;
        attempt = back.attempt;
        state = back.state;
        suspended = back.next;
        return back.scope;
    }

    /** Ends the ownership; returns what the handlers' failures leave to be thrown. */
    @Nullable Propagation leave() {
        Propagation thrown = propagation;
        Publication<?> last = event;
        propagation = null;
        outer = null;
        event = null;
        ended();
        thread = null; // before the lane is free, or it could be the next owner's
        if (interrupted) {
            interrupted = false;
            ports.runtime().interrupt(Thread.currentThread());
        }
        if (!RUN.compareAndSet(this, last, null)) {
            awaitInterrupt();
            run = null;
        }
        return thrown;
    }

    // The interrupt of a cut is meant for the handler. It must not arrive in whatever the thread does after the
    // publish.
    private void awaitInterrupt() {
        if (run instanceof Cut cut) {
            cut.leaving = Thread.currentThread();
            boolean seen = false;
            while (!cut.arrived) {
                ports.runtime().parkUntil(ports.deadlineNanos(Duration.ofDays(1)));
                seen |= Thread.interrupted();
            }
            seen |= Thread.interrupted();
            if (seen && !cut.interrupts) {
                ports.runtime().interrupt(Thread.currentThread()); // somebody else's
            }
        }
    }

    Propagation propagation() {
        if (propagation == null) {
            propagation = new Propagation();
        }
        return propagation;
    }

    CallerLanes family() {
        return family;
    }

    int stripe() {
        return stripe;
    }

    PendingQueue pending() {
        return pending;
    }

    /* ---------------- the scope ---------------- */

    @Override
    public @Nullable Publication<?> event() {
        return event;
    }

    @Override
    public @Nullable Target target() {
        return target;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public @Nullable DeliveryScope outer() {
        return outer;
    }

    @Override
    public boolean mustHandle(Publication<?> other) {
        if (thread != Thread.currentThread()) {
            return false;
        }
        for (Suspended at = suspended; at != null; at = at.next) {
            if (at.event == other) {
                return true;
            }
        }
        return event == other || pending.contains(other);
    }

    @Override
    public DeliveryScope carry() {
        return new CarriedScope(this, pending.share(), event, target, attempt, outer == null ? null : outer.carry());
    }

    /* ---------------- a shutdown ---------------- */

    boolean isFree() {
        return run == null;
    }

    /**
     * Returns all that is not ended, interrupts the owner, and lets nothing more begin.
     *
     * <p>A lane without thread has nothing to return: its owner is leaving, or has not yet read that the bus is closed,
     * and will.
     */
    List<ReturnedDelivery> cut(Returns returns) {
        Cut cut = new Cut();
        Object now = run;
        while (thread != null && now instanceof Publication<?> current) {
            if (RUN.compareAndSet(this, current, cut)) {
                List<ReturnedDelivery> returned = giveBack(current, returns);
                interrupt(cut);
                return returned;
            }
            now = run;
        }
        return List.of();
    }

    private List<ReturnedDelivery> giveBack(Publication<?> current, Returns returns) {
        List<ReturnedDelivery> all = new ArrayList<>();
        all.addAll(returns.of(current, current == event ? index : -1, state, attempt - 1));
        for (Suspended at = suspended; at != null; at = at.next) {
            all.addAll(returns.of(at.event, at.index, at.state, at.attempt - 1));
        }
        for (Publication<?> waiting : pending.takeAll()) {
            all.addAll(returns.of(waiting, -1, State.WAITING, 0));
        }
        return all;
    }

    private void interrupt(Cut cut) {
        Thread owner = thread;
        if (owner != null) {
            cut.interrupts = true;
            ports.runtime().interrupt(owner);
        }
        cut.arrived = true;
        Thread leaving = cut.leaving;
        if (leaving != null) {
            ports.runtime().unpark(leaving);
        }
    }
}
