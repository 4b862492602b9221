/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.schedule;

import dev.eventbus.internal.publish.CheckedPayload;
import dev.eventbus.internal.runtime.Timers.Timer;
import dev.eventbus.observe.WithdrawnPublish;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.ScheduledPublish;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One scheduled publish.
 *
 * <p>{@code WAITING -> BEGUN | CANCELLED | WITHDRAWN}, by one compare-and-set; the one who makes it ends it. Thread-safe.
 */
final class Scheduled implements ScheduledPublish {
    private enum State {
        /** Its moment, or its turn, has not come. */
        WAITING,
        /** It is being published, or was. */
        BEGUN,
        /** Its publisher has taken it back. */
        CANCELLED,
        /** A shutdown has. */
        WITHDRAWN
    }

    private final Predicate<Scheduled> cancel;
    private final String type;
    private final Instant due;
    private final long dueNanos;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CompletableFuture<Receipt> end = new CompletableFuture<>();
    private final CompletionStage<Receipt> completion = end.minimalCompletionStage();
    private @Nullable CheckedPayload payload; // read and dropped by the winner of the state; a withdrawn one is kept
    private volatile @Nullable Timer timer; // null: not there yet, or waits for its turn

    Scheduled(Predicate<Scheduled> cancel, CheckedPayload payload, Instant due, long dueNanos) {
        this.cancel = cancel;
        this.payload = payload;
        this.type = payload.type();
        this.due = due;
        this.dueNanos = dueNanos;
    }

    /* ---------------- its publisher ---------------- */

    @Override
    public boolean cancel() {
        return cancel.test(this);
    }

    @Override
    public boolean isCancelled() {
        State now = state.get();
        return now == State.CANCELLED || now == State.WITHDRAWN;
    }

    @Override
    public boolean isDone() {
        return end.isDone() || isCancelled();
    }

    @Override
    public Instant due() {
        return due;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public CompletionStage<Receipt> completion() {
        return completion;
    }

    /** Names type and moment; the payload is the user's and is never printed. */
    @Override
    public String toString() {
        return "ScheduledPublish[type=" + type + ", due=" + due + "]";
    }

    /* ---------------- the stage ---------------- */

    /** Returns when it is due on the monotonic clock. */
    long dueNanos() {
        return dueNanos;
    }

    boolean isWaiting() {
        return state.get() == State.WAITING;
    }

    boolean isWithdrawn() {
        return state.get() == State.WITHDRAWN;
    }

    @Nullable Timer timer() {
        return timer;
    }

    void timer(Timer value) {
        timer = value;
    }

    /** Takes it to be published; null if it was taken back before. */
    @Nullable CheckedPayload begin() {
        return state.compareAndSet(State.WAITING, State.BEGUN) ? drop() : null;
    }

    /** Takes it back; false if it has begun, or was taken back before. */
    boolean takeBack() {
        if (state.compareAndSet(State.WAITING, State.CANCELLED)) {
            CheckedPayload unused = drop();
            return true;
        }
        return false;
    }

    /** Takes it back for the report of a shutdown. */
    boolean withdraw() {
        return state.compareAndSet(State.WAITING, State.WITHDRAWN);
    }

    // A user who keeps what publishAfter returned keeps no payload by it.
    private CheckedPayload drop() {
        CheckedPayload had = Objects.requireNonNull(payload, "payload");
        payload = null;
        return had;
    }

    /** Describes a withdrawn one. */
    WithdrawnPublish withdrawn() {
        CheckedPayload kept = Objects.requireNonNull(payload, "payload");
        return new WithdrawnPublish(type, due, kept.payload(), kept.options());
    }

    /** Tells the publisher that it was accepted. */
    void accepted(Receipt receipt) {
        end.complete(receipt);
    }

    /** Tells the publisher that it was not. */
    void failed(Throwable failure) {
        end.completeExceptionally(failure);
    }
}
