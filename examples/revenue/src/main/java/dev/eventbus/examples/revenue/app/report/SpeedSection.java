/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import dev.eventbus.examples.revenue.app.watch.Percentiles;

/** Throughput and latency. */
final class SpeedSection implements Section {
    private static final double MILLIS = 1_000;

    @Override
    public void print(RunReport report, Page page) {
        double seconds = Math.max(report.elapsed().toNanos() / 1e9, 1e-9);
        Percentiles times = report.latency();
        page.title("Speed");
        page.line("%-26s %,.2f s: %,.0f rows/s, %,.0f events/s", "throughput", seconds, report.rows().read() / seconds,
                report.events().published() / seconds);
        page.line("%-26s p50 %,.3f ms   p95 %,.3f ms   p99 %,.3f ms", "publish to handler return",
                times.p50Micros() / MILLIS, times.p95Micros() / MILLIS, times.p99Micros() / MILLIS);
        Setup setup = report.setup();
        page.line("%-26s %,d, waiting for each answer; after %,d passes that are not measured", "clients",
                setup.clients(), setup.warmUps());
    }
}
