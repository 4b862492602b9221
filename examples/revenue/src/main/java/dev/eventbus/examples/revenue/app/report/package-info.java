/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** What a run came to, as text for people and as JSON for programs. */
@NullMarked
package dev.eventbus.examples.revenue.app.report;

import org.jspecify.annotations.NullMarked;
