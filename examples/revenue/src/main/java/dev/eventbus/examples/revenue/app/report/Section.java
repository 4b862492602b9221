/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

/** One part of the report. */
@FunctionalInterface
interface Section {
    void print(RunReport report, Page page);
}
