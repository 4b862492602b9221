/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import dev.eventbus.examples.revenue.app.input.RejectedRow;
import java.util.List;

/**
 * What was read. Immutable.
 *
 * @param read rows, good and bad
 * @param rejected rows that were left out
 * @param kept the first of those
 */
public record Rows(long read, long rejected, List<RejectedRow> kept) {}
