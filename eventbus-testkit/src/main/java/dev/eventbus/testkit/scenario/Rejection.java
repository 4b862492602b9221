/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

import org.jspecify.annotations.Nullable;

/** Expects an exception of an action. Immutable. */
record Rejection(Class<? extends Exception> type) implements Expectation {
    void check(@Nullable Exception thrown) {
        if (type.isInstance(thrown)) {
            return;
        }
        throw new AssertionError("expected an action to be rejected with " + type.getSimpleName() + "\nbut "
                + (thrown == null ? "none was" : "it threw " + thrown), thrown);
    }

    @Override
    public String toString() {
        return "rejected(" + type.getSimpleName() + ")";
    }
}
