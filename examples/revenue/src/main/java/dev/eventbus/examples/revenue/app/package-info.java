/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The program: wires the layers to one bus, feeds it a file, checks and reports.
 *
 * <pre>
 * RevenueApp -> Arguments
 *   |
 *   +-> RevenueRun -> RevenueSystem      one bus, and who watches it
 *   |     |             +-> Layers         what each layer keeps and does
 *   |     |             +-> Subscriptions  who gets what
 *   |     +-> Intake -> input, scenario  rows and steps to commands, until the bus is at rest
 *   |     +-> eventfile                  every event as a line of JSON
 *   |     +-> check, report              was it right, what was it
 *   |
 *   +-> ReplayRun -> replay              the same revenue from that file alone
 * </pre>
 */
@NullMarked
package dev.eventbus.examples.revenue.app;

import org.jspecify.annotations.NullMarked;
