/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The program: wires the layers to one bus, feeds it a file, checks and reports.
 *
 * <pre>
 * RevenueApp -> Arguments -> RevenueRun -> RevenueSystem    one bus, all layers
 *                                 |    \-> Intake -> input   rows to commands, until the bus is at rest
 *                                 +-> check, report          was it right, what was it
 * </pre>
 */
@NullMarked
package dev.eventbus.examples.revenue.app;

import org.jspecify.annotations.NullMarked;
