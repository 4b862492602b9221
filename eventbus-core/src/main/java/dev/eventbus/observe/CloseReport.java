/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.observe;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Accounts for every event that a bus has accepted, at its shutdown.
 *
 * <p>Every delivery has had a final outcome when the report is finished: what is not in {@link #returned()} was
 * handled, dead-lettered, propagated or cancelled before. One exception: a delivery whose end was being carried out at
 * the deadline (its letter kept, observers told) is not listed, and its outcome follows within that step. Immutable.
 *
 * @param finished false only for the report that a shutdown inside a delivery returns at once
 * @param returned deliveries that the deadline cut off, in no order across threads
 * @param scheduled publishes that were not due, or whose turn had not come, in the order of their moments; withdrawn when the
 *     shutdown began
 * @param elapsed from the beginning of the shutdown to this report
 * @param completion ends with the finished report, and never with a failure
 * @since 0.1
 */
public record CloseReport(boolean finished, List<ReturnedDelivery> returned, List<WithdrawnPublish> scheduled,
        Duration elapsed, CompletionStage<CloseReport> completion) {
    /** Creates a report. */
    public CloseReport {
        returned = List.copyOf(returned);
        scheduled = List.copyOf(scheduled);
    }

    @Override
    public String toString() {
        return "CloseReport[finished=" + finished + ", returned=" + returned.size() + ", scheduled="
                + scheduled.size() + ", elapsed=" + elapsed + "]";
    }
}
