/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.publish.Validation;
import java.time.YearMonth;
import java.util.List;

/**
 * What a revenue event must hold to: register each method with the bus as validator of its type.
 *
 * <p>Immutable.
 */
public final class RevenueRules {
    /**
     * Checks what all revenue events have in common.
     *
     * @param event the event
     */
    public void any(Validation<RevenueEvent> event) {
        List<YearMonth> months = event.payload().months().stream().map(MonthlyAmount::month).toList();
        event.require("months", months.stream().sorted().distinct().toList().equals(months),
                "must be in order, each once");
        event.payload().months().forEach(each -> Amounts.requireScaled(event, "months.amount", each.amount()));
        event.require("deferred",
                event.payload().document().service() != null || event.payload().deferred().signum() == 0,
                "must be zero without a service period");
        Amounts.requireScaled(event, "deferred", event.payload().deferred());
    }

    /**
     * Checks that something is to be earned later.
     *
     * @param event the event
     */
    public void deferred(Validation<RevenueDeferred> event) {
        event.require("months", event.payload().months().isEmpty(), "must be empty");
        event.require("document.service", event.payload().document().service() != null, "must be there");
    }

    /**
     * Checks that something was earned.
     *
     * @param event the event
     */
    public void recognized(Validation<RevenueRecognized> event) {
        event.require("months", !event.payload().months().isEmpty(), "must not be empty");
    }
}
