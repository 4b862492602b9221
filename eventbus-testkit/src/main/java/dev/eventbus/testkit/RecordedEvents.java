/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps all that a bus does, for assertions.
 *
 * <p>An observer of the bus; a {@link TestEventBus} has one, any other bus takes one by
 * {@link dev.eventbus.EventBusBuilder#observe}. It keeps every event until it is forgotten, so it is for tests alone.
 * Thread-safe.
 *
 * @since 0.1
 */
public final class RecordedEvents implements BusObserver {
    private final ReentrantLock lock = new ReentrantLock(); // around all below, and no user code
    private final List<Signal> signals = new ArrayList<>(); // guarded by lock
    private final List<EventRecord> events = new ArrayList<>(); // guarded by lock; in the order of acceptance
    private final IdentityHashMap<EventEnvelope<?>, EventRecord> byEvent = new IdentityHashMap<>(); // guarded by lock
    private final Map<UUID, EventRecord> byId = new HashMap<>(); // guarded by lock: of equal ids the last; for redrives
    private final Set<String> expected = new HashSet<>(); // guarded by lock: subscriptions that are meant to fail
    private int numbers; // guarded by lock

    /** Creates an empty record. */
    public RecordedEvents() {
    }

    @Override
    public void onSignal(Signal signal) {
        lock.lock();
        try {
            signals.add(signal);
            if (signal instanceof Signal.Published published) {
                add(published);
            } else if (signal instanceof Signal.Settled settled) {
                EventRecord known = find(settled.event());
                if (known != null) {
                    known.ended(settled.subscription(), settled.outcome());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void add(Signal.Published published) {
        EventEnvelope<?> event = published.event();
        UUID cause = event.metadata().causationId();
        EventRecord parent = cause == null ? null : byId.get(cause);
        EventRecord added = new EventRecord(++numbers, event, parent == null ? null : parent.number(),
                published.deliveries());
        events.add(added);
        byEvent.put(event, added);
        byId.put(event.id(), added);
    }

    // Two events may have one id, where a test says so; a redriven one is another object with the id of the first.
    private @Nullable EventRecord find(EventEnvelope<?> event) {
        EventRecord same = byEvent.get(event);
        return same == null ? byId.get(event.id()) : same;
    }

    @Override
    public AttemptScope openScope(EventEnvelope<?> event, String subscription, int attempt) {
        lock.lock();
        try {
            EventRecord known = find(event);
            if (known != null) {
                known.attempted(subscription);
            }
        } finally {
            lock.unlock();
        }
        return AttemptScope.NONE;
    }

    /**
     * Returns the accepted events.
     *
     * @return a copy, in the order of acceptance
     */
    public List<RecordedEvent<?>> all() {
        lock.lock();
        try {
            return events.stream().<RecordedEvent<?>>map(EventRecord::snapshot).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the accepted events with payloads of a type.
     *
     * @param <E> the type
     * @param type class, superclass or interface of payloads
     * @return a copy, in the order of acceptance
     */
    @SuppressWarnings("unchecked") // the payload was asked
    public <E> List<RecordedEvent<E>> of(Class<E> type) {
        return all().stream().filter(event -> type.isInstance(event.payload())).map(event -> (RecordedEvent<E>) event)
                .toList();
    }

    /**
     * Returns the payloads of a type.
     *
     * @param <E> the type
     * @param type class, superclass or interface of payloads
     * @return a copy, in the order of acceptance
     */
    public <E> List<E> payloads(Class<E> type) {
        return of(type).stream().map(RecordedEvent::payload).toList();
    }

    /**
     * Returns the signals.
     *
     * @return a copy, in the order in which they came
     */
    public List<Signal> signals() {
        lock.lock();
        try {
            return List.copyOf(signals);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the signals of one kind.
     *
     * @param <S> the kind
     * @param kind class of signals
     * @return a copy, in the order in which they came
     */
    public <S extends Signal> List<S> signals(Class<S> kind) {
        return signals().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /**
     * Returns the dead letters that were written, those that have been redriven or discarded since included.
     *
     * @return a copy, in the order in which they came
     */
    public List<DeadLetter> deadLetters() {
        return signals(Signal.DeadLettered.class).stream().map(Signal.DeadLettered::letter).toList();
    }

    /**
     * Says that handlers of a subscription are meant to fail in this test.
     *
     * @param subscription its name
     */
    public void expectFailuresOf(String subscription) {
        lock.lock();
        try {
            expected.add(subscription);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the failed attempts and dead letters of subscriptions that nobody expects to fail.
     *
     * @return a line each, in the order in which they came
     */
    public List<String> unexpectedFailures() {
        lock.lock();
        try {
            return signals.stream().map(this::unexpected).filter(line -> !line.isEmpty()).toList();
        } finally {
            lock.unlock();
        }
    }

    private String unexpected(Signal signal) {
        if (signal instanceof Signal.AttemptFailed failed && !expected.contains(failed.subscription())) {
            return name(failed.event()) + ": attempt " + failed.attempt() + " of '" + failed.subscription()
                    + "' failed: "
                    + failed.failure();
        }
        if (signal instanceof Signal.DeadLettered dead && !expected.contains(dead.subscription())) {
            return name(dead.event()) + ": dead letter of '" + dead.subscription() + "': " + dead.letter().reason();
        }
        return "";
    }

    private String name(EventEnvelope<?> event) {
        EventRecord known = find(event);
        return known == null ? event.payload().getClass().getSimpleName() : known.snapshot().toString();
    }

    /**
     * Prints who caused what and what became of it, one line an event.
     *
     * {@snippet class="dev.eventbus.testkit.TestEventBusTest" region="tree"}
     *
     * @return the tree; empty when there is no event
     */
    public String tree() {
        return CausalTree.print(all());
    }

    /** Forgets everything up to now; events keep counting. */
    public void forget() {
        lock.lock();
        try {
            signals.clear();
            events.clear();
            byEvent.clear();
            byId.clear();
        } finally {
            lock.unlock();
        }
    }
}
