/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Holds handlers up until the test lets them go on: what a latch is for threads of the machine, by the means of the bus.
 *
 * {@snippet class="dev.eventbus.testkit.GateTest" region="gate"}
 *
 * <p>Closed at first; once open it stays so. Thread-safe.
 *
 * @since 0.1
 */
public final class Gate {
    // A bounded wait lets awaitIdle say what has not ended; without a bound the whole run would be stuck.
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final @Nullable World world; // null: threaded
    private final CountDownLatch opened = new CountDownLatch(1);

    private Gate(@Nullable World world) {
        this.world = world;
    }

    /**
     * Creates a gate that is closed.
     *
     * @param bus whose handlers come to it
     * @return a gate
     */
    public static Gate closed(TestEventBus bus) {
        return new Gate(bus.world());
    }

    /** Lets all go on that wait, and all that come later; where the bus is not threaded, when it is next let run. */
    public void open() {
        opened.countDown();
    }

    /**
     * Tells whether it was opened.
     *
     * @return true once and for ever after {@link #open()}
     */
    public boolean isOpen() {
        return opened.getCount() == 0;
    }

    /**
     * Waits until it is open.
     *
     * @throws InterruptedException if the thread is interrupted, as by a timeout
     * @throws AssertionError if it is closed after a year of virtual time
     * @throws IllegalStateException if the bus is not threaded and the thread is none of its
     */
    public void await() throws InterruptedException {
        if (world == null) {
            opened.await();
        } else {
            world.await("a gate to be opened", this::isOpen, FOR_EVER);
        }
    }
}
