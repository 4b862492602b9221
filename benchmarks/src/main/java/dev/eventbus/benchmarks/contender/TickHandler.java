/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.contender;

/**
 * What a subscription does with an event; every contender calls the same code.
 *
 * <p>The {@link DeliveryMode} says whether it is called by several threads at once. Must not throw.
 */
@FunctionalInterface
public interface TickHandler {
    /**
     * Handles an event.
     *
     * @param tick the event
     */
    void handle(Tick tick);
}
