/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.eventfile;

import dev.eventbus.event.EventType;

/**
 * The last line of a file of events; without it the file is not whole.
 *
 * <p>Its sum shows what happened to the file by mistake, and not what somebody did who can add up too. Immutable.
 *
 * @param events how many events stand before it, repeated ones included
 * @param sha256 sum of all bytes before it, in hex
 */
@EventType(name = "EventFileEnded", version = 1)
public record EventFileEnded(long events, String sha256) {}
