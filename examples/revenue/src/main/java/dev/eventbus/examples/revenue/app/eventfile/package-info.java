/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The file of all events: one CloudEvents JSON line each, and one at the end that says how many came before.
 *
 * <pre>
 * bus -> EventFileWriter -> FILE -> EventLines -> replay
 *         an observer                line by line
 *                \-- RevenueCodec --/
 *                 names all types
 * </pre>
 */
@NullMarked
package dev.eventbus.examples.revenue.app.eventfile;

import org.jspecify.annotations.NullMarked;
