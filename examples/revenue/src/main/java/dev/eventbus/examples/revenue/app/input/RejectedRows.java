/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.input;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts the rows that were left out, and keeps the first of them.
 *
 * <p>Not thread-safe.
 */
public final class RejectedRows {
    /** Most rows that are kept; all are counted. */
    public static final int MAX_KEPT = 10_000;

    private final List<RejectedRow> kept = new ArrayList<>();
    private long count;

    void add(long line, String reason) {
        count++;
        if (kept.size() < MAX_KEPT) {
            kept.add(new RejectedRow(line, reason));
        }
    }

    /**
     * Counts them.
     *
     * @return how many rows were left out
     */
    public long count() {
        return count;
    }

    /**
     * Lists the first of them.
     *
     * @return at most {@link #MAX_KEPT}, in the order of the file
     */
    public List<RejectedRow> kept() {
        return List.copyOf(kept);
    }
}
