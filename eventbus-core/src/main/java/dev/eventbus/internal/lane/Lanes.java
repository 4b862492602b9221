/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.deliver.DeliveryPolicies;
import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.Inlet;
import dev.eventbus.internal.deliver.LaneSettings;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Scopes;
import dev.eventbus.internal.deliver.Slot;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.entry.Entry;
import dev.eventbus.internal.runtime.Stack;
import dev.eventbus.internal.runtime.Timers.Timer;
import dev.eventbus.internal.runtime.WaitPoint;
import dev.eventbus.publish.WouldDeadlockException;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lanes of one subscription: its places, its turns, its order and its workers. Thread-safe. */
final class Lanes implements Inlet {
    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");

    private final LaneContext context;
    private final Subscriber subscriber;
    private final LaneSettings settings;
    private final String threadName;
    private final Places places;
    private final RoomWaiters waiters;
    private final Inbox inbox;
    private final Crew crew;
    private final LaneOrder order;
    private final @Nullable Watch watch;
    private final LaneDelivery delivery;
    private final @Nullable BatchDelivery batches;
    private final @Nullable Gate gate;
    private final WaitPoint closing;
    private final RedrivenLetters redriven;

    Lanes(LaneContext context, Subscriber subscriber, LaneSettings settings) {
        this.context = context;
        this.subscriber = subscriber;
        this.settings = settings;
        this.threadName = "eventbus-" + context.bus() + "-" + subscriber.name();
        this.places = new Places(settings.places());
        this.waiters = new RoomWaiters(places, context.ports());
        this.inbox = new Inbox(context.ports(), new LaneSlot(this, null, 0, null, null, null));
        this.crew = new Crew(settings.concurrency());
        this.order = settings.ordering() instanceof Ordering.Serial
                ? new SerialOrder(this, Overflow.DROP_OLDEST.equals(settings.overflow()))
                : new KeyedOrder(this, context.ports(), isByKey());
        this.watch = settings.timeout() == null && settings.slow() == null ? null : new Watch(this, context);
        this.delivery = new LaneDelivery(this, context);
        this.batches = settings.batch() == null ? null : new BatchDelivery(this, context, delivery, settings.batch());
        DeliveryPolicies policies = subscriber.policies();
        this.gate = policies.isGated() ? new Gate(this, context, policies.breaker(), policies.rate()) : null;
        this.closing = new WaitPoint(context.ports());
        this.redriven = new RedrivenLetters(order, isByKey());
    }

    /** Has the breaker call workers; once, when it is complete. */
    void listen() {
        if (gate != null) {
            gate.listen();
        }
    }

    private boolean isByKey() {
        return settings.ordering() instanceof Ordering.ByKey;
    }

    @Override
    public Slot slot(Publication<?> event, int index, @Nullable Object key, @Nullable DeadLetter redriven,
            @Nullable Slot sibling) {
        return new LaneSlot(this, event, index, key == null && isByKey() ? KeyedOrder.NO_KEY : key, redriven, sibling);
    }

    /* ---------------- workers ---------------- */

    /** Makes sure that somebody looks for work; called after there is some. */
    void call() {
        if (crew.wantsCall()) {
            int unused = Stack.touch(Stack.START_FRAMES); // before the call, which must be kept
            callFromRoom();
        }
    }

    /** The same for those who know that their stack does not end in the middle of it. */
    void callFromRoom() {
        if (crew.call()) {
            try {
                context.ports().runtime().start(threadName, new Worker(this, context, delivery));
            } catch (Throwable broken) { // of the runtime, or no memory for a thread, or no stack
                crew.neverCame();
                LOG.error("bus '{}': no thread for subscription '{}': {}; its deliveries wait for the next event",
                        context.bus(), name(), Printable.describe(broken));
            }
        }
    }

    void callForWork() {
        if (order.hasWork()) {
            call();
        }
    }

    /** Gives back the place of a delivery that has ended, or never was. */
    void gaveBack() {
        places.giveBack();
        placeCameBack();
    }

    /** Tells those who wait for it. */
    void placeCameBack() {
        waiters.wakeNext();
        forgetIfOver();
        context.quiet().changed();
    }

    // After a shutdown has cut it off nobody counts what it had.
    private boolean isOver() {
        return places.inFlight() == 0 || (crew.isCut() && crew.isAway());
    }

    /** A worker has nothing to do any more. */
    void workerLeft() {
        forgetIfOver();
        context.quiet().changed();
    }

    private void forgetIfOver() {
        if (subscriber.isClosed() && isOver()) {
            closing.wakeAll();
            context.open().remove(this);
        }
    }

    /** Leaves a lane until its next attempt; true if the worker has left with it. */
    boolean await(Lane lane, long delayNanos) {
        Wake noted = lane.wake();
        Wake wake = noted == null ? new Wake(order, lane) : noted;
        lane.waitsFor(wake);
        order.willWait(lane);
        boolean waits = delayNanos == Entry.Wait.UNTIL_TOLD || schedule(lane, wake, delayNanos);
        boolean left = order.await(lane); // has its timer by now: whoever ends the wait takes it back
        if (!waits || isClosed() || wake.isTold() || isBatchFull()) {
            order.goOn(lane);
        } else if (crew.isCut()) {
            cancel(lane.takeTimer()); // who cut it off may have come too early to see it wait
        }
        return left;
    }

    private boolean schedule(Lane lane, Wake wake, long delayNanos) {
        try {
            long untilNanos = context.ports().clocks().monotonicNanos() + delayNanos;
            lane.timer(context.timers().schedule(untilNanos, wake));
            return true;
        } catch (Throwable broken) { // of the runtime, or no memory for a thread
            LOG.error("bus '{}': a retry of subscription '{}' cannot wait: {}; it is attempted at once", context.bus(),
                    name(), Printable.describe(broken));
            return false;
        }
    }

    void cancel(@Nullable Timer waiting) {
        if (waiting == null) {
            return;
        }
        try {
            context.timers().cancel(waiting);
        } catch (RuntimeException broken) { // of the runtime: its thread waits in vain for a while
            LOG.error("bus '{}': a timer of subscription '{}' could not be taken back: {}; mend the runtime",
                    context.bus(), name(), Printable.describe(broken));
        }
    }

    /* ---------------- users ---------------- */

    @Override
    public void close() {
        places.close();
        crew.resume();
        if (gate != null) {
            gate.close();
        }
        order.goOnAll();
        waiters.wakeAll();
        call();
        forgetIfOver();
    }

    /** Returns the delivery of this subscription that the calling thread is in. */
    @Nullable LaneSlot ownDelivery() {
        for (DeliveryScope scope = Scopes.current(); scope != null; scope = scope.outer()) {
            if (scope instanceof Worker worker && worker.lanes().equals(this)) {
                return worker.slot();
            }
        }
        return null;
    }

    @Override
    public boolean awaitClosed(Duration timeout) throws InterruptedException {
        if (ownDelivery() != null) {
            throw WouldDeadlockException.ownDelivery("closeAndAwait of subscription '" + name() + "'");
        }
        closing.await(this::isOver, context.ports().deadlineNanos(timeout));
        return isOver();
    }

    @Override
    public void pause() {
        crew.pause();
        if (isClosed()) {
            crew.resume(); // what waits has to be cancelled
            call();
        }
        context.quiet().changed(); // what is paused keeps nobody waiting
    }

    @Override
    public void resume() {
        crew.resume();
        call();
    }

    @Override
    public boolean isPaused() {
        return crew.isPaused();
    }

    ConfigurationException notByKey() {
        return new ConfigurationException("Subscription '" + name()
                + "' is not ordered by key and has none to pause; pause it as a whole or choose Ordering.byKey");
    }

    @Override
    public void pause(Object key) {
        order.pause(key);
        context.quiet().changed();
    }

    @Override
    public boolean isPaused(Slot slot) {
        return crew.isPaused() || (gate != null && !gate.letsPass())
                || (slot instanceof LaneSlot mine && mine.key() != null && order.isPaused(mine.key()));
    }

    @Override
    public void resume(Object key) {
        order.resume(key);
    }

    @Override
    public int inFlight() {
        return crew.isCut() ? crew.atWork() : places.inFlight();
    }

    @Override
    public int abandoned() {
        return watch == null ? 0 : watch.abandoned();
    }

    /* ---------------- a shutdown ---------------- */

    void wakePublishers() {
        waiters.wakeAll();
        order.wakeShares();
    }

    /** Counts what is in flight and keeps no shutdown waiting. */
    long pausedInFlight(long closeByNanos) {
        boolean kept = crew.isPaused() || (gate != null && gate.isShutBeyond(closeByNanos));
        return kept && crew.isAway() ? places.inFlight() : order.pausedInFlight();
    }

    /* ---------------- parts ---------------- */

    String name() {
        return subscriber.name();
    }

    Subscriber subscriber() {
        return subscriber;
    }

    boolean isClosed() {
        return subscriber.isClosed();
    }

    LaneSettings settings() {
        return settings;
    }

    Places places() {
        return places;
    }

    RoomWaiters waiters() {
        return waiters;
    }

    Inbox inbox() {
        return inbox;
    }

    Crew crew() {
        return crew;
    }

    LaneOrder order() {
        return order;
    }

    @Nullable Gate gate() {
        return gate;
    }

    /** Returns for how long the breaker has kept workers away in all. */
    long stoodStillNanos() {
        return gate == null ? 0 : gate.stoodStillNanos();
    }

    @Nullable BatchDelivery batches() {
        return batches;
    }

    /** Tells whether a batch that is being gathered has as many as it may. */
    boolean isBatchFull() {
        return batches != null && batches.isFull();
    }

    /** Returns the letters on their way, for keys that are held for want of room. */
    RedrivenLetters redriven() {
        return redriven;
    }

    @Nullable Watch watch() {
        return watch;
    }
}
