/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The input: a file of the Online Retail form becomes commands.
 *
 * <pre>
 * RetailFile -> LineReader -> CsvRecords -> RetailRows -> InvoiceFeed -> InvoiceActions
 *   header       bounded       quoting       good rows      runs of
 *                lines                       only           rows
 * </pre>
 */
@NullMarked
package dev.eventbus.examples.revenue.app.input;

import org.jspecify.annotations.NullMarked;
