/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import dev.eventbus.examples.revenue.app.check.CheckResult;

/** The checks, and what contradicts them. */
final class ChecksSection implements Section {
    @Override
    public void print(RunReport report, Page page) {
        page.title("Checks");
        report.verdict().all().forEach(check -> print(check, page));
    }

    static void print(CheckResult check, Page page) {
        String mark = check.passed() ? page.good("✔") : page.bad("✘");
        page.line("%s %-12s %s", mark, check.name(), check.statement());
        check.findings().forEach(finding -> page.line("    %s", page.bad(finding)));
    }
}
