/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.publish.Outcome;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One event while it is recorded. Guarded by the lock of {@link RecordedEvents}. */
final class EventRecord {
    private final int number;
    private final EventEnvelope<?> event;
    private final @Nullable Integer cause;
    private final int deliveries;
    private final Map<String, Integer> attempts = new LinkedHashMap<>();
    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();

    EventRecord(int number, EventEnvelope<?> event, @Nullable Integer cause, int deliveries) {
        this.number = number;
        this.event = event;
        this.cause = cause;
        this.deliveries = deliveries;
    }

    int number() {
        return number;
    }

    void attempted(String subscription) {
        attempts.merge(subscription, 1, Integer::sum);
    }

    void ended(String subscription, Outcome outcome) {
        outcomes.put(subscription, outcome);
    }

    RecordedEvent<?> snapshot() {
        return new RecordedEvent<>(number, event, Optional.ofNullable(cause), deliveries, copy(attempts),
                copy(outcomes));
    }

    private static <V> Map<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
