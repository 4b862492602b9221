/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.ScheduledPublish;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One publish that waits in an almanac: {@code WAITING -> PUBLISHED | CANCELLED}. Thread-safe. */
final class Entry implements ScheduledPublish {
    private final Instant due;
    private final long place;
    private final String type;
    private final Callable<Receipt> publish;
    private final Consumer<Entry> remove;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CompletableFuture<Receipt> completion = new CompletableFuture<>();

    Entry(Instant due, long place, String type, Callable<Receipt> publish, Consumer<Entry> remove) {
        this.due = due;
        this.place = place;
        this.type = type;
        this.publish = publish;
        this.remove = remove;
    }

    private enum State {
        WAITING, PUBLISHED, CANCELLED
    }

    /** Publishes the event unless it was cancelled; what the bus throws goes to the one who turns the almanac too. */
    void publish() {
        if (!state.compareAndSet(State.WAITING, State.PUBLISHED)) {
            return;
        }
        try {
            completion.complete(publish.call());
        } catch (Exception refused) {
            completion.completeExceptionally(refused);
            throw refused instanceof RuntimeException unchecked ? unchecked : new CompletionException(refused);
        }
    }

    long place() {
        return place;
    }

    @Override
    public boolean cancel() {
        boolean cancelled = state.compareAndSet(State.WAITING, State.CANCELLED);
        if (cancelled) {
            remove.accept(this);
            completion.completeExceptionally(new CancellationException("cancelled: " + this));
        }
        return cancelled;
    }

    @Override
    public boolean isCancelled() {
        return state.get() == State.CANCELLED;
    }

    @Override
    public boolean isDone() {
        return completion.isDone();
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
        return completion.minimalCompletionStage();
    }

    @Override
    public String toString() {
        return "scheduled " + type + " at " + due;
    }
}
