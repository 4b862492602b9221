/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.input;

/**
 * One row that was left out.
 *
 * @param line where it begins in the file
 * @param reason what is wrong with it
 */
public record RejectedRow(long line, String reason) {}
