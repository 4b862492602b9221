/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Memory is in proportion to what is in flight, not to what has been (G16, M-1). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SoakTest {
    private static final long EVENTS = Long.getLong("soak.events", 1_000_000); // of each of the two parts
    private static final long MINUTES = Long.getLong("soak.minutes", 5);

    @Test
    void many_events_over_some_keys_and_over_as_many_keys_leave_the_live_set_flat() throws Exception {
        SmallHeap.run(SoakMain.class, EVENTS, MINUTES);
    }
}
