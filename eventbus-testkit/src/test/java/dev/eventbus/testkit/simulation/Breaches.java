/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.testkit.World;
import java.util.ArrayList;
import java.util.List;

/**
 * Promises found broken while a run goes on; to be thrown at its end, since what a handler throws is a failure like any
 * other. Used by the threads of one simulation.
 */
final class Breaches {
    private static final int MOST = 20;

    private final World world;
    private final List<String> found = new ArrayList<>();

    Breaches(World world) {
        this.world = world;
    }

    void add(String what) {
        if (found.size() < MOST) {
            found.add(world.elapsed() + ": " + what);
        }
    }

    void unless(boolean kept, String what) {
        if (!kept) {
            add(what);
        }
    }

    void assertNone() {
        assertThat(found).as("broken promises").isEmpty();
    }
}
