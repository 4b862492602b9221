/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A place in a handler where it waits until the test lets it go on. Thread-safe. */
final class Gate {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    /** The handler's: says that it is here, and waits. */
    void pass() throws InterruptedException {
        reached.countDown();
        assertThat(open.await(30, TimeUnit.SECONDS)).as("the gate was never opened").isTrue();
    }

    /** The test's: waits for the handler. */
    void awaitReached() {
        try {
            assertThat(reached.await(30, TimeUnit.SECONDS)).as("the handler never came").isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError("the test was interrupted", interrupted);
        }
    }

    void open() {
        open.countDown();
    }
}
