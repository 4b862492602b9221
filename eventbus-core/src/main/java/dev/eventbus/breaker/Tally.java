/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

/** Counts results. Not thread-safe. */
final class Tally {
    private long calls;
    private long failures;
    private long slow;

    void add(boolean failed, boolean slowly) {
        calls++;
        failures += failed ? 1 : 0;
        slow += slowly ? 1 : 0;
    }

    void remove(boolean failed, boolean slowly) {
        calls--;
        failures -= failed ? 1 : 0;
        slow -= slowly ? 1 : 0;
    }

    void remove(Tally other) {
        calls -= other.calls;
        failures -= other.failures;
        slow -= other.slow;
    }

    void clear() {
        remove(this);
    }

    long calls() {
        return calls;
    }

    double failureRate() {
        return share(failures);
    }

    double slowRate() {
        return share(slow);
    }

    // A division, no product: so that 3 of 10 are 0.3 exactly, as the user wrote it.
    private double share(long part) {
        return calls == 0 ? 0 : (double) part / calls;
    }
}
