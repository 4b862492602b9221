/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.subscribe.Overflow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Handlers that publish into full buffers, of their own bus and in a circle of buses: none hangs (B7, G15, M-2). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DeadlockMatrixTest {
    private static final List<Overflow> OVERFLOWS = List.of(Overflow.block(Duration.ofNanos(500_000)), Overflow.REJECT);
    private static final int[] PUBLISHERS = {1, 4, 32};
    private static final int MOST_CAPACITY = 4;
    private static final int MOST_CHILDREN = 3;

    private final LongAdder combinations = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder rejected = new LongAdder();

    @Test
    void a_handler_that_publishes_into_its_own_full_buffer_goes_on_or_is_rejected() throws Exception {
        for (DeadlockCase.Shape shape : DeadlockCase.Shape.values()) {
            runAll(1, shape);
        }
    }

    @Test
    void a_circle_of_three_buses_goes_on_or_is_rejected() throws Exception {
        for (DeadlockCase.Shape shape : DeadlockCase.Shape.values()) {
            runAll(3, shape);
        }
    }

    private void runAll(int buses, DeadlockCase.Shape shape) throws Exception {
        for (Overflow overflow : OVERFLOWS) {
            for (int capacity = 1; capacity <= MOST_CAPACITY; capacity++) {
                for (int children = 1; children <= MOST_CHILDREN; children++) {
                    for (int publishers : PUBLISHERS) {
                        run(new DeadlockCase(buses, shape, overflow, capacity, children), publishers);
                    }
                }
            }
        }
    }

    private void run(DeadlockCase one, int publishers) throws Exception {
        one.run(publishers);
        combinations.increment();
        accepted.add(one.accepted());
        rejected.add(one.rejected());
    }

    @AfterEach
    void report() {
        System.out.println(
                "deadlock matrix: " + combinations + " combinations, " + accepted + " events accepted, " + rejected
                        + " rejected, 0 hangs");
        assertThat(accepted.sum()).isPositive();
        assertThat(rejected.sum()).isPositive();
    }
}
