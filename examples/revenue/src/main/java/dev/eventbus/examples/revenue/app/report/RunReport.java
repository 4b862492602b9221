/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import dev.eventbus.examples.revenue.app.check.MonthlyRevenue;
import dev.eventbus.examples.revenue.app.watch.Percentiles;
import java.time.Duration;
import java.util.Optional;

/**
 * What a run came to. Immutable.
 *
 * @param setup what was run, and how
 * @param invoices how many documents there are
 * @param rows what was read
 * @param events what went over the bus
 * @param revenue what the books say
 * @param rankings who brought most
 * @param tree how the revenue of one invoice came about, if there is any
 * @param mails what went to the outbox
 * @param recovery what failed, and what became of it
 * @param latency from publish to the return of the handler
 * @param elapsed how long the input took
 * @param verdict what the checks found
 */
public record RunReport(Setup setup, int invoices, Rows rows, EventFigures events, MonthlyRevenue revenue,
        Rankings rankings, Optional<CausalTree> tree, Mails mails, Recovery recovery, Percentiles latency,
        Duration elapsed,
        Verdict verdict) {}
