/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.contender;

/**
 * Calls the handlers itself.
 *
 * <p>Thread-safe.
 */
final class NoBus implements Contender {
    private final TickHandler[] handlers;

    NoBus(Setting setting) {
        handlers = setting.handlers().toArray(TickHandler[]::new);
    }

    @Override
    public void publish(Tick tick) {
        for (TickHandler handler : handlers) {
            handler.handle(tick);
        }
    }

    @Override
    public void close() {
        // holds nothing
    }
}
