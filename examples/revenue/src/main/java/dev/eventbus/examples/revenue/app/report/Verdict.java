/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import dev.eventbus.examples.revenue.app.check.CheckResult;
import java.util.List;

/**
 * What the checks found. Immutable.
 *
 * @param reconciled whether the books are right
 * @param traceable whether every entry leads to its operation
 * @param ordered whether the events of each invoice were handled in their order
 * @param fast whether handlers kept up
 * @param complete whether nothing was lost
 * @param covered whether there was an event of each type
 */
public record Verdict(CheckResult reconciled, CheckResult traceable, CheckResult ordered, CheckResult fast,
        CheckResult complete, CheckResult covered) {
    List<CheckResult> all() {
        return List.of(reconciled, traceable, ordered, fast, complete, covered);
    }

    /**
     * Tells whether all checks hold.
     *
     * @return false if one failed
     */
    public boolean passed() {
        return all().stream().allMatch(CheckResult::passed);
    }
}
