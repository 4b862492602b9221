/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.contender;

import java.util.List;

/**
 * What a contender is opened with.
 *
 * <p>Immutable.
 *
 * @param mode how handlers are called
 * @param publishers threads that publish at the same time
 * @param handlers one per subscription
 */
public record Setting(DeliveryMode mode, int publishers, List<TickHandler> handlers) {
    /** Most deliveries in flight per subscription, where a bus bounds them: what ours ships with. */
    static final int BUFFER = 8_192;
    /** Threads of the pools of those peers that want one: the cores of the machine that the figures are from. */
    static final int POOL = 2;

    /** Creates a setting. */
    public Setting {
        handlers = List.copyOf(handlers);
    }
}
