/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What came of a suite that was run inside a test.
 *
 * @param cases names of all cases that came to an end
 * @param failures first line of the failure by name of the case
 * @param skipped cases that were skipped or aborted, and classes that could not be run at all
 */
record SuiteRun(Set<String> cases, Map<String, String> failures, List<String> skipped) {
    private static final Map<String, String> SIDE_BY_SIDE = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.config.executor-service", "FORK_JOIN_POOL",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "8");

    static SuiteRun of(Class<?> suite) {
        return of(suite, Map.of());
    }

    /** Runs several cases at once: for a suite of much patience, most of whose cases wait for what never comes. */
    static SuiteRun sideBySide(Class<?> suite) {
        return of(suite, SIDE_BY_SIDE);
    }

    private static SuiteRun of(Class<?> suite, Map<String, String> parameters) {
        SuiteRun run = new SuiteRun(new TreeSet<>(), new TreeMap<>(), new ArrayList<>());
        TestExecutionListener listener = new TestExecutionListener() {
            @Override
            public void executionSkipped(TestIdentifier test, String reason) {
                synchronized (run) {
                    run.skipped.add(test.getDisplayName());
                }
            }

            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                synchronized (run) {
                    run.add(test, result);
                }
            }
        };
        LauncherFactory.create().execute(
                LauncherDiscoveryRequestBuilder.request().selectors(selectClass(suite))
                        .configurationParameters(parameters).build(),
                listener);
        return run;
    }

    private void add(TestIdentifier test, TestExecutionResult result) {
        boolean failed = result.getStatus() == Status.FAILED;
        if (result.getStatus() == Status.ABORTED || (failed && !test.isTest())) {
            skipped.add(test.getDisplayName());
        } else if (test.isTest()) {
            cases.add(test.getDisplayName());
            if (failed) {
                failures.put(test.getDisplayName(), firstLine(result.getThrowable()));
            }
        }
    }

    private static String firstLine(Optional<Throwable> thrown) {
        return thrown.map(Throwable::toString).orElse("nothing").lines().findFirst().orElse("").strip()
                .replaceFirst("^\\S*(AssertionError|AssertionFailedError|AssertJMultipleFailuresError): ", "");
    }
}
