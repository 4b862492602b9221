/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.internal.deliver.DeliverStage;
import dev.eventbus.internal.entry.EntryStage;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.outcome.Endings;
import dev.eventbus.internal.outcome.Quiet;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.runtime.Timers;
import java.util.List;

/**
 * What all lanes of a bus share. Immutable.
 *
 * @param bus name of the bus
 * @param ports time and threads
 * @param timers retries and timeouts
 * @param deliver runs attempts
 * @param entries asked before each attempt
 * @param endings ends deliveries
 * @param signals who is told
 * @param quiet is told when something has ended
 * @param open the lanes of each subscription that is open or not yet empty
 */
record LaneContext(String bus, Ports ports, Timers timers, DeliverStage deliver, EntryStage entries, Endings endings,
        Signals signals,
        Quiet quiet, List<Lanes> open) {}
