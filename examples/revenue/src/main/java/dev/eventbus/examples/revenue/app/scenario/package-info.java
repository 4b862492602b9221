/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * A year of invented operations, read from a file and played in a moment.
 *
 * <pre>
 * scenario.jsonl -> Scenario -> Play -> customer, invoice and payment actions
 *                   one Step      |
 *                   a line        +-> Almanac: publishes what was scheduled, when the scenario's time has come that far
 * </pre>
 */
@NullMarked
package dev.eventbus.examples.revenue.app.scenario;

import org.jspecify.annotations.NullMarked;
