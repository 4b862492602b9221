/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.check;

import java.util.List;

/**
 * What one check found. Immutable.
 *
 * @param name name of the check
 * @param passed whether it holds
 * @param statement what was looked at, and what it amounts to
 * @param findings the first things that contradict it
 */
public record CheckResult(String name, boolean passed, String statement, List<String> findings) {
    /** Most findings that are kept. */
    public static final int MAX_FINDINGS = 5;

    /** Creates a result. */
    public CheckResult {
        findings = findings.stream().limit(MAX_FINDINGS).toList();
    }

    static CheckResult of(String name, String statement, List<String> findings) {
        return new CheckResult(name, findings.isEmpty(), statement, findings);
    }
}
