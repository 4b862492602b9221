/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.watch;

import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.Signal;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Notes every event that the bus accepts, so that the way of each can be walked back.
 *
 * <p>One small note per event, as many as the repositories hold entries. Thread-safe.
 */
public final class Journal implements BusObserver {
    private final Map<UUID, Note> notes = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> types = new ConcurrentHashMap<>();
    private final AtomicLong events = new AtomicLong();
    private final LongAdder deliveries = new LongAdder();

    @Override
    public void onSignal(Signal signal) {
        if (signal instanceof Signal.Published published) {
            Note note = Note.of(events.incrementAndGet(), published.event().metadata());
            notes.putIfAbsent(note.id(), note);
            types.computeIfAbsent(note.type(), type -> new LongAdder()).increment();
            deliveries.add(published.deliveries());
        }
    }

    /**
     * Finds an event.
     *
     * @param id its id
     * @return its note; of several events with one id the first
     */
    public Optional<Note> find(UUID id) {
        return Optional.ofNullable(notes.get(id));
    }

    /**
     * Returns every event.
     *
     * @return in no order
     */
    public Stream<Note> all() {
        return notes.values().stream();
    }

    /**
     * Counts the events of each type.
     *
     * @return counts by name of the type, repeated events included
     */
    public SortedMap<String, Long> types() {
        SortedMap<String, Long> counts = new TreeMap<>();
        types.forEach((type, count) -> counts.put(type, count.sum()));
        return counts;
    }

    /**
     * Counts the deliveries that the events have opened.
     *
     * @return one per event and subscription, redrives not counted
     */
    public long deliveries() {
        return deliveries.sum();
    }
}
