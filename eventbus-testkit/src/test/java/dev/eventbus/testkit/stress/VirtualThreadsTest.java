/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Threads that publish or handle once leave nothing behind, however many there are (B22). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class VirtualThreadsTest {
    private static final int THREADS = Integer.getInteger("stress.virtualThreads", 1_000_000);

    @Test
    void as_many_virtual_threads_as_events_leave_no_thread_local_and_a_flat_live_set() throws Exception {
        SmallHeap.run(VirtualThreadsMain.class, THREADS, 5);
    }
}
