/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

/** Expects a dead letter of an event of a type. Immutable. */
record ExpectedLetter(Class<?> type) implements Expectation {
    @Override
    public String toString() {
        return "deadLettered(" + type.getSimpleName() + ")";
    }
}
