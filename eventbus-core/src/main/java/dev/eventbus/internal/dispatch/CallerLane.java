/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Slot;
import dev.eventbus.internal.deliver.Target;
import dev.eventbus.internal.outcome.Endings;
import dev.eventbus.internal.outcome.Progress;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.observe.ReturnedDelivery;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.BooleanSupplier;
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
    /** An event whose handler redrives letters: it goes on afterwards. */
    private record Suspended(Publication<?> event, int index, int attempt, Progress progress,
            @Nullable DeliveryScope scope, @Nullable Suspended next) {}

    private static final int NONE = -1;
    private static final VarHandle RUN;

    static {
        try {
            RUN = MethodHandles.lookup().findVarHandle(CallerLane.class, "run", Object.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final CallerLanes lanes;
    private final int stripe;
    private final PendingQueue pending;
    private final Ports ports;

    private volatile @Nullable Object run; // VarHandle RUN, volatile: null, a Publication or a Cut
    private volatile @Nullable Thread thread; // the owner; written by it, read by a shutdown after the cut

    // Of the delivery that has failed before; volatile, and written only around failures: before it attempts again the
    // owner clears backingOff and then looks for a cut, a shutdown cuts and then reads it. So BACKING_OFF is never said
    // of a handler that was called meanwhile.
    private volatile boolean backingOff;
    private volatile int failing = NONE;
    private volatile int failed;
    private volatile @Nullable Suspended suspended;

    private @Nullable Publication<?> event; // owner only, as all that follows
    private int index = NONE; // of the delivery that has begun
    private int attempt;
    private @Nullable DeliveryScope outer;
    private @Nullable Propagation propagation;
    private boolean interrupted; // the caller's interrupt, given back at the end

    CallerLane(CallerLanes lanes, int stripe, int pendingLimit, Ports ports) {
        this.lanes = lanes;
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
        index = NONE;
    }

    /**
     * Gives the lane back before anything was done with it; false if a shutdown has cut it off, and so accounts for the
     * event.
     */
    boolean withdraw(Publication<?> first) {
        thread = null;
        outer = null;
        event = null;
        if (RUN.compareAndSet(this, first, null)) {
            return true;
        }
        event = first;
        return false;
    }

    /** Goes on to another event; false if a shutdown was faster. */
    boolean moveTo(Publication<?> next) {
        Publication<?> last = event;
        if (last == null || !RUN.compareAndSet(this, last, next)) {
            return false;
        }
        event = next;
        index = NONE;
        return true;
    }

    /** Notes the attempt that is about to begin; false if a shutdown was faster, and it must not. */
    boolean begin(int at, int number) {
        index = at;
        attempt = number;
        if (backingOff) {
            backingOff = false;
        }
        return !isCut();
    }

    void backsOff(int failedAttempts) {
        failed = failedAttempts;
        failing = index;
        backingOff = true;
    }

    void ended() {
        index = NONE;
        if (failing != NONE) {
            backingOff = false;
            failing = NONE;
        }
    }

    private Progress progress() {
        return new Progress(true, failing, failed, backingOff);
    }

    /** Waits for the next attempt; false if the caller or a shutdown interrupts. */
    boolean backOff(long delayNanos) {
        return awaitUntil(ports.clocks().monotonicNanos() + delayNanos, () -> false);
    }

    /** Waits for a moment, or until told; false if the caller or a shutdown interrupts. */
    boolean awaitUntil(long untilNanos, BooleanSupplier told) {
        while (!interrupted && !isCut() && !told.getAsBoolean()
                && ports.clocks().monotonicNanos() - untilNanos < 0) {
            ports.runtime().parkUntil(untilNanos);
            noteInterrupt(Thread.interrupted() && !isCut()); // a cut comes before its interrupt
        }
        return !interrupted && !isCut();
    }

    void noteInterrupt(boolean seen) {
        interrupted |= seen;
    }

    boolean isInterrupted() {
        return interrupted;
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
        Suspended before = suspended;
        suspended = new Suspended(aside, index, attempt, progress(), scope, before);
        failing = NONE;
        backingOff = false;
        if (moveTo(redriven)) {
            return true;
        }
        suspended = before;
        return false;
    }

    /** Takes up the event that was put aside; returns the scope that was the thread's then. */
    @Nullable DeliveryScope resume() {
        Suspended back = suspended;
        if (back == null) {
            return null;
        }
        boolean goesOn = moveTo(back.event);
        event = back.event;
        index = back.index;
        attempt = back.attempt;
        failed = back.progress.failed();
        failing = back.progress.failing();
        backingOff = back.progress.backingOff();
        suspended = back.next;
        if (!goesOn && run instanceof Cut cut) {
            cut.awaitArrival();
            if (cut.isOwed()) {
                ports.runtime().interrupt(Thread.currentThread());
            }
        }
        return back.scope;
    }

    /** Ends the ownership; returns what the handlers' failures leave to be thrown. */
    @Nullable Propagation leave() {
        Propagation thrown = propagation;
        boolean interrupt = interrupted;
        Publication<?> last = event;
        DeliveryScope around = outer;
        propagation = null;
        interrupted = false;
        outer = null;
        event = null;
        ended();
        thread = null; // before the lane is free, or it could be the next owner's
        if (!RUN.compareAndSet(this, last, null)) {
            interrupt |= awaitInterrupt(around);
        }
        if (interrupt) {
            ports.runtime().interrupt(Thread.currentThread());
        }
        return thrown;
    }

    // The interrupt of a cut is meant for the handler. It must not arrive in whatever the thread does after the
    // publish, and must not take with it one that is meant for somebody else: the caller, or the handler of another bus
    // around.
    private boolean awaitInterrupt(@Nullable DeliveryScope around) {
        boolean others = false;
        try {
            if (run instanceof Cut cut) {
                boolean seen = cut.awaitArrival();
                seen |= Thread.interrupted();
                others = cut.leavesInterrupt(seen);
            }
        } finally {
            run = null;
        }
        for (DeliveryScope scope = around; scope != null; scope = scope.outer()) {
            others |= scope instanceof CallerLane lane && lane.isCut();
        }
        return others;
    }

    Propagation propagation() {
        if (propagation == null) {
            propagation = new Propagation();
        }
        return propagation;
    }

    CallerLanes lanes() {
        return lanes;
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
        Publication<?> now = event;
        return now == null || index == NONE ? null : now.target(index);
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

    // What it has yet to write.
    @Override
    public boolean holds(Slot slot) {
        Publication<?> theirs = slot.event();
        return theirs != null && !slot.isWritten() && mustHandle(theirs);
    }

    @Override
    public DeliveryScope carry() {
        return new CarriedScope(this, pending.share(), event, target(), attempt, outer == null ? null : outer.carry());
    }

    /* ---------------- those who wait ---------------- */

    /** Returns the event in its deliveries, unless the calling thread owns the lane. */
    @Nullable Publication<?> deliveringForOthers() {
        return run instanceof Publication<?> now && thread != Thread.currentThread() ? now : null;
    }

    /** Tells whether an event is still in its deliveries here. */
    boolean isWithin(Publication<?> delivered) {
        for (Suspended at = suspended; at != null; at = at.next) {
            if (at.event == delivered) {
                return true;
            }
        }
        Object now = run;
        return now == delivered || (now instanceof Cut cut && cut.event() == delivered);
    }

    /* ---------------- a shutdown ---------------- */

    boolean isFree() {
        return run == null;
    }

    /**
     * Lets nothing more begin here; {@link #giveBack} must follow, and the owner does not leave before it has.
     *
     * <p>A lane without thread has nothing to return: its owner is leaving, or has not yet read that the bus is closed,
     * and will.
     */
    @Nullable Cut cut() {
        Object now = run;
        while (thread != null && now instanceof Publication<?> current) {
            Cut cut = new Cut(current, ports);
            if (RUN.compareAndSet(this, current, cut)) {
                return cut;
            }
            now = run;
        }
        return null;
    }

    /** Returns what is not ended, and interrupts the handler. */
    void giveBack(Cut cut, Endings endings, List<ReturnedDelivery> returned) {
        try {
            boolean running = endings.returned(cut.event(), progress(), returned);
            boolean suspendedRunning = false;
            for (Suspended at = suspended; at != null; at = at.next) {
                suspendedRunning |= endings.returned(at.event, at.progress, returned);
            }
            for (Publication<?> waiting : pending.takeAll()) {
                endings.returned(waiting, Progress.WAITING, returned);
            }
            cut.interrupt(thread, running, suspendedRunning);
        } finally {
            cut.arrive();
        }
    }
}
