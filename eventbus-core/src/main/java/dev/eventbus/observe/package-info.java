/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** What happened: signals for observers, counters, and the report of a shutdown. */
@NullMarked
package dev.eventbus.observe;

import org.jspecify.annotations.NullMarked;
