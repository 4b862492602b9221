/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What simulated threads threw. Used by the thread that has the baton, after the end by the one that ran it. */
final class Uncaught {
    private final long seed;
    private final Predicate<? super Throwable> isExpected;
    private final List<Throwable> expected = new ArrayList<>();
    private final List<Throwable> unexpected = new ArrayList<>();

    Uncaught(long seed, Predicate<? super Throwable> isExpected) {
        this.seed = seed;
        this.isExpected = isExpected;
    }

    void add(Throwable thrown) {
        (isExpected.test(thrown) ? expected : unexpected).add(thrown);
    }

    List<Throwable> expected() {
        return expected;
    }

    SimulationFailedException ofBody(Throwable thrown) {
        return new SimulationFailedException(seed, thrown, unexpected);
    }

    /** Throws the failure of a run; what a thread threw explains more than that others then got stuck. */
    void throwIfFailed(@Nullable SimulationException failure) {
        if (failure instanceof SimulationFailedException || failure instanceof SimulationBlockedException) {
            throw failure;
        }
        if (!unexpected.isEmpty()) {
            List<Throwable> others = new ArrayList<>(unexpected.subList(1, unexpected.size()));
            if (failure != null) {
                others.add(failure);
            }
            throw new SimulationFailedException(seed, unexpected.get(0), others);
        }
        if (failure != null) {
            throw failure;
        }
    }
}
