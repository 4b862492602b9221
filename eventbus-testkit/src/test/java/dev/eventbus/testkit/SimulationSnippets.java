/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Samples of the Javadoc. */
class SimulationSnippets {
    @Test
    void simulation() {
        // @start region="simulation"
        for (long seed = 0; seed < 100; seed++) {
            Simulation.seed(seed).run(world -> {
                Queue<String> mailbox = new ArrayDeque<>();
                Thread reader = Thread.currentThread();
                world.start("writer", () -> {
                    world.sleep(Duration.ofHours(1)); // of virtual time
                    mailbox.add("hello");
                    world.runtime().unpark(reader);
                });
                while (mailbox.isEmpty()) {
                    world.runtime().parkUntil(world.time().monotonicNanos() + Duration.ofHours(2).toNanos());
                }
                assertThat(mailbox).containsExactly("hello");
            });
        }
        // @end
    }
}
