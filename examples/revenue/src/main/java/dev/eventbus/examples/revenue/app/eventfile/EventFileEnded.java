/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.eventfile;

import dev.eventbus.event.EventType;

/**
 * The last line of a file of events; without it the file is not whole. Immutable.
 *
 * @param events how many events stand before it, repeated ones included
 */
@EventType(name = "EventFileEnded", version = 1)
public record EventFileEnded(long events) {}
