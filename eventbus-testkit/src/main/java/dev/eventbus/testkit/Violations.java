/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@link HistoryChecker} found, and how much it looked at. Immutable.
 *
 * @since 0.1
 */
public final class Violations {
    private final Map<ViolationKind, Long> counts;
    private final Map<ViolationKind, List<String>> examples;
    private final long events;
    private final long deliveries;
    private final long attempts;

    Violations(ViolationLog found, long events, long deliveries, long attempts) {
        this.counts = Collections.unmodifiableMap(new EnumMap<>(found.counts()));
        this.examples = Collections.unmodifiableMap(new EnumMap<>(found.examples()));
        this.events = events;
        this.deliveries = deliveries;
        this.attempts = attempts;
    }

    /**
     * Tells whether nothing is wrong.
     *
     * @return true if there is no violation
     */
    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /**
     * Counts the violations of all kinds.
     *
     * @return how many there are
     */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Counts the violations of a kind.
     *
     * @param kind the kind
     * @return how many there are
     */
    public long count(ViolationKind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /**
     * Returns the numbers of the kinds that there are.
     *
     * @return kinds with at least one violation
     */
    public Map<ViolationKind, Long> counts() {
        return counts;
    }

    /**
     * Returns the first violations of a kind, in words.
     *
     * @param kind the kind
     * @return a few at most
     */
    public List<String> examples(ViolationKind kind) {
        return examples.getOrDefault(kind, List.of());
    }

    /**
     * Returns how many publishes the history has, accepted or not.
     *
     * @return how many events
     */
    public long events() {
        return events;
    }

    /**
     * Returns how many deliveries were expected, so that a test sees that there was something to check.
     *
     * @return how many pairs of an accepted event and a subscription that it is for
     */
    public long deliveries() {
        return deliveries;
    }

    /**
     * Returns how many attempts the history has.
     *
     * @return how many attempts began
     */
    public long attempts() {
        return attempts;
    }

    /**
     * Fails when anything is wrong.
     *
     * @throws AssertionError if there is a violation; its message is the report
     */
    public void assertNone() {
        if (!isEmpty()) {
            throw new AssertionError(toString());
        }
    }

    /** Returns the report: one line per kind, and its examples. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                "violations=" + total() + " in events=" + events + ", deliveries=" + deliveries
                        + ", attempts=" + attempts);
        new TreeMap<>(counts).forEach((kind, count) -> {
            text.append("\n").append(kind).append(": ").append(count);
            examples(kind).forEach(example -> text.append("\n  ").append(example));
        });
        return text.toString();
    }
}
