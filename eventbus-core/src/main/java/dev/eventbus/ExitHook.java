/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus;

import java.util.concurrent.CompletionStage;

/** Runs when the virtual machine begins to shut down, or is taken back when that is no longer needed. Stateless. */
final class ExitHook {
    private ExitHook() {
    }

    /** Adds a hook that goes away with the bus, so that a closed one can be collected. */
    static void add(String name, Runnable shutdown, CompletionStage<?> end) {
        Thread hook = Thread.ofPlatform().name(name).unstarted(shutdown);
        Runtime.getRuntime().addShutdownHook(hook);
        CompletionStage<?> unused = end.whenComplete((report, never) -> remove(hook));
    }

    private static void remove(Thread hook) {
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            // The machine is shutting down, and the hook is what ended the bus.
        }
    }
}
