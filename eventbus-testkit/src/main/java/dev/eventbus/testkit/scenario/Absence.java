/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

/** Expects no other event of a type than those known. Immutable. */
record Absence(Class<?> type) implements Expectation {
    @Override
    public String toString() {
        return type == Object.class ? "nothing()" : "never(" + type.getSimpleName() + ")";
    }
}
