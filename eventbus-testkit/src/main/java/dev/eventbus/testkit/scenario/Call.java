/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

/** Calls the code under test. Immutable. */
record Call(TestedCall code) implements Action {
    @Override
    public String toString() {
        return "call";
    }
}
