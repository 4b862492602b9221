/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.fault;

/** What happens in a chosen call before what was called begins. Thread-safe. */
@FunctionalInterface
interface Disturbance {
    /**
     * Happens.
     *
     * @param call the call, in words
     * @throws Exception if the call is to fail without reaching what was called
     */
    void happen(FaultyCall call) throws Exception;
}
