/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.operation;

import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.PublishOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Changes things of one kind, each alone: whoever decides about a thing, publishes what happened to it and keeps it does so
 * before anybody else begins to. Commands and handlers may come at the same time.
 *
 * <p>Published first: an event that the bus refuses has reached nobody, and then nothing has to be taken back. What was
 * published stands. So what could not be saved then is kept here, and saved before anything else is decided about the thing: a
 * handler that is attempted again finds what it did. In memory, gone with the process; with a database both belong into one
 * transaction.
 *
 * <p>It publishes under a lock, so a handler that changes things by it must be in a subscription that receives none of its
 * events: with a full buffer publisher and handler would wait for each other. On the synchronous dispatcher what a handler
 * publishes reaches others when it has returned and let go, so that only changes of one thread come in order there.
 * Thread-safe.
 *
 * @param <T> kind of thing, a value
 */
public final class Changes<T> {
    private final EventPublisher publisher;
    private final Consumer<? super T> repository;
    private final KeyLocks locks = new KeyLocks();
    private final Map<String, T> unsaved = new ConcurrentHashMap<>(); // an entry is touched under the lock of its id alone

    /**
     * Creates the place where changes are made.
     *
     * @param publisher takes the events
     * @param repository saves a thing in place of what it was; may throw, and is called again then
     */
    public Changes(EventPublisher publisher, Consumer<? super T> repository) {
        this.publisher = publisher;
        this.repository = repository;
    }

    /**
     * Does something with a thing while nobody else does.
     *
     * @param <R> what comes of it
     * @param id which thing
     * @param work looks it up, decides and {@linkplain #make makes} changes
     * @return what came of it
     */
    public <R> R alone(String id, Supplier<R> work) {
        return locks.holding(id, () -> {
            save(id);
            return work.get();
        });
    }

    /**
     * Publishes what happened to a thing and saves it; only inside {@link #alone} for the same thing.
     *
     * @param id which thing
     * @param next the thing as it is from now on
     * @param event what happened
     * @param options metadata of the event
     * @return the thing as it is from now on
     * @throws dev.eventbus.publish.PublishRejectedException if the bus refuses the event; then nothing has changed
     */
    public T make(String id, T next, Object event, PublishOptions options) {
        publisher.publish(event, options);
        unsaved.put(id, next);
        save(id);
        return next;
    }

    private void save(String id) {
        T left = unsaved.get(id);
        if (left != null) {
            repository.accept(left);
            unsaved.remove(id);
        }
    }
}
