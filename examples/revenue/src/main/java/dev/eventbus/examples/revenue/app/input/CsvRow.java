/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.input;

import java.util.List;

/** One row of a CSV file, as far as CSV goes. */
sealed interface CsvRow {
    /**
     * Returns where the row begins.
     *
     * @return line number, from 1
     */
    long line();

    /**
     * A row that can be read.
     *
     * @param line where it begins
     * @param fields what stands in it
     */
    record Fields(long line, List<String> fields) implements CsvRow {}

    /**
     * A row that breaks the rules of CSV.
     *
     * @param line where it begins
     * @param reason which rule
     */
    record Broken(long line, String reason) implements CsvRow {}
}
