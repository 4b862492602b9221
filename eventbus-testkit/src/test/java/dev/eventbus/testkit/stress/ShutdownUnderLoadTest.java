/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Many shutdowns under load: each accounts for every event that was accepted (B1, G3, S-1). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ShutdownUnderLoadTest {
    private static final int SHUTDOWNS = Integer.getInteger("stress.shutdowns", 300);

    private final LongAdder accepted = new LongAdder();
    private final LongAdder handled = new LongAdder();
    private final LongAdder deadLettered = new LongAdder();
    private final LongAdder returned = new LongAdder();

    @Test
    void every_shutdown_accounts_for_every_accepted_event_exactly_once() throws Exception {
        int fewest = Integer.MAX_VALUE;
        for (int number = 0; number < SHUTDOWNS; number++) {
            ShutdownRound round = new ShutdownRound(number);
            round.run();
            fewest = Math.min(fewest, round.unfinished());
            accepted.add(round.accepted());
            handled.add(round.handled());
            deadLettered.add(round.deadLettered());
            returned.add(round.returned());
        }

        System.out.println("shutdown under load: " + SHUTDOWNS + " shutdowns, at least " + fewest
                + " deliveries unfinished at each, " + accepted + " deliveries accepted = " + handled + " handled + "
                + deadLettered + " dead-lettered + " + returned + " returned");
        assertThat(accepted.sum()).isEqualTo(handled.sum() + deadLettered.sum() + returned.sum());
        assertThat(fewest).isGreaterThanOrEqualTo(100);
        assertThat(deadLettered.sum()).isPositive();
        assertThat(returned.sum()).isPositive();
    }
}
