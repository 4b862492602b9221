/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.runtime;

/**
 * Makes sure that there is stack left for what must not meet its end halfway: code that publishes until the stack ends
 * meets it here, before. Stateless.
 */
public final class Stack {
    /**
     * Frames to touch before a virtual thread is started: the scheduler of the JDK does not survive the end of the stack
     * in the middle of a submission, and then no virtual thread runs any more.
     */
    public static final int START_FRAMES = 256;

    private Stack() {
    }

    /**
     * Touches some frames; a compiled one costs about a nanosecond.
     *
     * @param frames how many
     * @return their number
     */
    public static int touch(int frames) {
        return frames == 0 ? 0 : 1 + descend(frames - 1);
    }

    // The locals make interpreted frames as large as those of what follows; compilers leave them out.
    @SuppressWarnings({"unused", "UnusedVariable"})
    private static int descend(int frames) {
        long a = frames;
        long b = a;
        long c = b;
        long d = c;
        long e = d;
        long f = e;
        long g = f;
        long h = g;
        return frames == 0 ? 0 : 1 + descend(frames - 1);
    }
}
