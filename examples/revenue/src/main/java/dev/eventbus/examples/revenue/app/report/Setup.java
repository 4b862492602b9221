/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

/**
 * What was run, and how. Immutable.
 *
 * @param input name of the input
 * @param operations how many operations of the scenario were played after it
 * @param dispatch which threads delivered, {@code virtual} or {@code sync}
 * @param clients most operations that were under way at once
 * @param warmUps how often the bundled input was run before, unmeasured
 */
public record Setup(String input, int operations, String dispatch, int clients, int warmUps) {}
