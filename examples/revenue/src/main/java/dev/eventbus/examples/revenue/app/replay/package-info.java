/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Rebuilds revenue from a file of events alone, and compares it with what the events of the same file announce.
 *
 * <pre>
 * EventLines -> Replay -> bus -> revenue handlers -> empty repository --\
 *                  |                                                      ReplayChecks
 *                  +-> the file's own RevenueEvents, added up -----------/
 * </pre>
 */
@NullMarked
package dev.eventbus.examples.revenue.app.replay;

import org.jspecify.annotations.NullMarked;
