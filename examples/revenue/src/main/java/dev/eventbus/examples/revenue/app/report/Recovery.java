/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.examples.revenue.app.watch.RetryDiary;
import java.util.List;

/**
 * What failed, and what became of it. Immutable.
 *
 * @param retried failed attempts of the first delivery that was handled in the end
 * @param parked how many dead letters there were when the input had been read
 * @param some the first of them, as they were before they were redriven
 * @param redrive what became of them
 * @param left dead letters that are still there, the first of them
 */
public record Recovery(List<RetryDiary.Retry> retried, int parked, List<DeadLetter> some, RedriveReport redrive,
        List<DeadLetter> left) {
    /**
     * Says what was left at the end.
     *
     * @param letters the first of the dead letters that are still there
     * @return the recovery with them
     */
    public Recovery leaving(List<DeadLetter> letters) {
        return new Recovery(retried, parked, some, redrive, letters);
    }
}
