/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs simulated threads one at a time and chooses, step by step, which one goes on.
 *
 * <p>Implementation note. A <em>step</em> is a call to the runtime, a clock or {@link World}. Some steps consider handing
 * over: then any thread that could run may get the baton. A thread that waits gives the baton to another; when there is
 * none, time moves to the earliest deadline; when there is none either, or it is too far away, the run is stuck.
 *
 * <p>When a run is over before its threads have ended, each gets the baton once more and is thrown out of its next step by
 * {@link SimulationAbort}, so that no thread stays behind. Steps that neither wait nor read something do nothing then, so
 * that cleaning up can do no harm.
 *
 * <p>All state but {@link #failure} belongs to the thread that has the baton.
 */
final class Scheduler {
    /** A thread that was thrown out so often and goes on all the same is left where it is. */
    private static final int MAX_ABORTS = 16;

    private final SimulationSettings settings;
    private final VirtualTime time;
    private final Trace trace;
    private final Schedule schedule;
    private final Baton baton = new Baton();
    private final Population threads;
    private final Conditions conditions = new Conditions();
    private final Progress progress;
    private final AtomicReference<@Nullable SimulationException> failure = new AtomicReference<>();
    private final Uncaught uncaught;
    private final Waits waits;
    private long switches;
    private boolean closed; // by an adopted thread

    Scheduler(SimulationSettings settings, VirtualTime time, Progress progress, Uncaught uncaught) {
        this.settings = settings;
        this.time = time;
        this.trace = new Trace(time, settings.trace());
        this.schedule = new Schedule(new Dice(settings.seed(), 0), settings.inTurn(), settings.switchChance());
        this.threads = new Population(time, settings.maxJump().toNanos());
        this.progress = progress;
        this.uncaught = uncaught;
        this.waits = new Waits(this, time, conditions);
    }

    // ---- the run, seen from outside ----

    /** Lets the first thread run; returns at once. */
    void begin(SimulatedTask body) {
        baton.pass(admit("main", body));
    }

    /** Makes the calling thread of a test the one that runs; the one before it must not be inside a step. */
    void adopt() {
        SimulatedThread before = baton.holder();
        if (isOver() || (before != null && before.thread == Thread.currentThread())) {
            return;
        }
        if (before != null) {
            threads.remove(before);
        }
        SimulatedThread adopted = new SimulatedThread(this, threads.nextNumber(), Thread.currentThread());
        schedule.admit(adopted);
        threads.add(adopted);
        baton.pass(adopted);
    }

    /** Tells whether the calling thread may take steps: the run has neither ended nor failed. */
    boolean isRunning() {
        return baton.caller() != null && !isOver();
    }

    /** Tells whether the calling thread is the one of the test. */
    boolean isAdopted() {
        SimulatedThread self = baton.caller();
        return self != null && self.isOutside();
    }

    /** Ends the run of an adopted thread: the others are thrown out of their next step. */
    void end() {
        SimulatedThread self = baton.caller();
        if (self != null) {
            closed = true;
            threads.wakeAll();
            ended(self);
        }
    }

    /** Ends the run from outside, where a step of its own did not. */
    void abandon(SimulationException reason) {
        SimulatedThread holder = baton.holder();
        failure.compareAndSet(null, reason);
        if (holder != null) {
            holder.thread.interrupt(); // it may be blocked where that helps; then the rest ends as after any failure
        }
    }

    @Nullable SimulationException failure() {
        return failure.get();
    }

    long switches() {
        return switches;
    }

    long traceHash() {
        return trace.hash();
    }

    List<String> dump() {
        return ThreadDump.of(threads.live(), time.monotonicNanos());
    }

    Waits waits() {
        return waits;
    }

    boolean isSpurious() {
        return schedule.spurious();
    }

    // ---- steps ----

    /** A step of a thread of an adopted run; nobody else may take part while it lasts. */
    void markOwn(String place) {
        if (baton.holder() != null) {
            step(caller(place), place);
        }
    }

    /** A step of whoever calls; none if it is not simulated. */
    void mark(String place) {
        SimulatedThread self = baton.caller();
        if (self != null) {
            step(self, place);
        }
    }

    SimulatedThread start(String name, SimulatedTask task) {
        SimulatedThread self = caller("start");
        quietStep(self, "start");
        SimulatedThread thread = admit(name, task);
        quietStep(self, "started");
        return thread;
    }

    void unpark(Thread thread) {
        SimulatedThread self = caller("unpark");
        quietStep(self, "unpark");
        SimulatedThread other = threads.find(thread);
        if (other == null) {
            return;
        }
        if (other.waiting == Waiting.UNPARK) {
            threads.wake(other);
        } else {
            other.permit = true;
        }
        quietStep(self, "unparked");
    }

    void interrupt(Thread thread) {
        SimulatedThread self = caller("interrupt");
        quietStep(self, "interrupt");
        SimulatedThread other = threads.find(thread);
        if (other == self) {
            Thread.currentThread().interrupt();
        } else if (other != null) {
            other.interruptPending = true;
            threads.wake(other);
        }
        quietStep(self, "interrupted");
    }

    void note(long value) {
        step(caller("note"), "note");
        trace.add(value);
    }

    /** Changes the time while others could run. */
    void changeTime(String place, Runnable change) {
        SimulatedThread self = caller(place);
        step(self, place);
        change.run();
        threads.wakeDue();
        step(self, place);
    }

    // ---- choosing ----

    void step(SimulatedThread self, String place) {
        throwIfOver(self);
        if (conditions.isAsking()) {
            return;
        }
        self.place = place;
        trace.step(self, place);
        if (progress.step() > settings.maxSteps()) {
            fail(new SimulationEndlessException(settings.seed(), settings.maxSteps(), time.elapsed(), dump()));
            throwIfOver(self);
        }
        if (schedule.considers()) {
            conditions.wakeSatisfied(threads);
            if (threads.runnable().size() > 1) {
                handOver(self);
            }
        }
    }

    /** A step that does nothing when the run is over, for what cleans up. */
    private void quietStep(SimulatedThread self, String place) {
        if (!isOver()) {
            step(self, place);
        }
    }

    void block(SimulatedThread self, Waiting waiting, boolean timed, long deadline) {
        threads.block(self, waiting, timed, deadline);
        goOn(self, next());
    }

    /** Lets the caller stay able to run, and another one run now if it is drawn. */
    void handOver(SimulatedThread self) {
        goOn(self, schedule.pick(threads.runnable()));
    }

    private void goOn(SimulatedThread self, SimulatedThread next) {
        if (next != self) {
            pass(next);
            awaitBaton(self);
        }
        arrived(self);
    }

    // Nobody looks after the run of an adopted thread but itself.
    private void awaitBaton(SimulatedThread self) {
        if (!self.isOutside()) {
            baton.await(self);
            return;
        }
        long seen = progress.steps();
        while (!baton.await(self, settings.realTimeout())) {
            if (seen == progress.steps()) {
                SimulationBlockedException blocked = new SimulationBlockedException(settings.seed(),
                        "no step within " + settings.realTimeout() + " of real time", dump());
                abandon(blocked);
                throw blocked;
            }
            seen = progress.steps();
        }
    }

    /** What a thread does first when it has got the baton. */
    private void arrived(SimulatedThread self) {
        if (self.interruptPending) {
            self.interruptPending = false;
            Thread.currentThread().interrupt();
        }
        throwIfOver(self);
    }

    private void pass(SimulatedThread next) {
        trace.chosen(next);
        switches++;
        baton.pass(next);
    }

    private SimulatedThread next() {
        if (isOver()) {
            threads.wakeAll();
        }
        conditions.wakeSatisfied(threads);
        while (threads.runnable().size() == 0) {
            if (!threads.wakeIdle() && !threads.moveTime()) {
                fail(new SimulationStuckException(settings.seed(), time.elapsed(), dump()));
            }
        }
        return schedule.pick(threads.runnable());
    }

    // ---- beginning and end of threads ----

    private SimulatedThread admit(String name, SimulatedTask task) {
        SimulatedThread thread = new SimulatedThread(this, threads.nextNumber(), name, task);
        if (!isOver()) {
            schedule.admit(thread);
            threads.add(thread);
        }
        return thread;
    }

    /** What a simulated thread does from its first step to its last. */
    void live(SimulatedThread self, SimulatedTask task) {
        try {
            arrived(self);
            task.run();
        } catch (SimulationAbort over) {
            // It was thrown out; why, is known.
        } catch (Throwable thrown) {
            threw(self, thrown);
        } finally {
            ended(self);
        }
    }

    /** Keeps what a thread threw; called besides by those who hand a failure to the uncaught exception handler. */
    void threw(SimulatedThread self, Throwable thrown) {
        if (isOver()) {
            return; // a thread that is thrown out throws what it likes
        }
        if (self.number == 0) {
            fail(uncaught.ofBody(thrown));
        } else {
            uncaught.add(thrown);
        }
    }

    private void ended(SimulatedThread self) {
        threads.remove(self);
        if (threads.isEmpty()) {
            baton.end();
            progress.end();
        } else {
            pass(next());
        }
    }

    /** Ends the run; the threads are thrown out as they get the baton. */
    private void fail(SimulationException reason) {
        failure.compareAndSet(null, reason);
        threads.wakeAll();
    }

    private boolean isOver() {
        return closed || failure.get() != null;
    }

    private void throwIfOver(SimulatedThread self) {
        if (!isOver()) {
            return;
        }
        SimulationException reason = failure.get();
        if (self.isOutside() && reason != null) {
            throw reason; // a thread of the test is told, and goes on
        }
        self.aborts++;
        if (self.aborts > MAX_ABORTS) {
            ended(self);
            baton.leave();
        }
        throw new SimulationAbort();
    }

    SimulatedThread caller(String call) {
        SimulatedThread self = baton.caller();
        if (self == null) {
            throw new IllegalStateException(call + " was called by " + Thread.currentThread()
                    + ", which is no running thread of this simulation; call it inside Simulation.run, on simulated threads,"
                    + " or with a TestEventBus on the thread of the test (or build it threaded)");
        }
        if (conditions.isAsking()) {
            throw new IllegalStateException(call + " was called by a condition; conditions only read");
        }
        return self;
    }
}
