/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

/** How long Lincheck looks: {@code -Dproofs.iterations}, {@code -Dproofs.invocations}. */
public final class Proofs {
    /** Scenarios for each test. */
    public static final int ITERATIONS = Integer.getInteger("proofs.iterations", 3);
    /** Runs of each scenario. */
    public static final int INVOCATIONS = Integer.getInteger("proofs.invocations", 500);

    private Proofs() {
    }
}
