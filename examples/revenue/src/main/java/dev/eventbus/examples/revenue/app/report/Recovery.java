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
 * @param redriven dead letters as they were before they were redriven
 * @param redrive what became of those
 * @param left dead letters that are still there, the first of them
 */
public record Recovery(List<RetryDiary.Retry> retried, List<DeadLetter> redriven, RedriveReport redrive,
        List<DeadLetter> left) {}
