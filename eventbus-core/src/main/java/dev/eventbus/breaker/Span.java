/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.check.Checks;
import java.time.Duration;

/** How much of the past a closed breaker judges by. Immutable. */
sealed interface Span {
    /** Most calls of a window: a quarter of a megabyte. */
    int MAX_CALLS = 1_000_000;

    /** Opens an empty window. */
    SlidingWindow window(long nowNanos);

    /** Returns the most calls that a window can hold. */
    int capacity();

    /**
     * The last calls.
     *
     * @param count how many
     */
    record Calls(int count) implements Span {
        /** Creates a span. */
        public Calls {
            if (Checks.atLeast(count, 1, "window") > MAX_CALLS) {
                throw new ConfigurationException("window must be <= " + MAX_CALLS + ", was " + count);
            }
        }

        @Override
        public SlidingWindow window(long nowNanos) {
            return new CountWindow(count);
        }

        @Override
        public int capacity() {
            return count;
        }

        @Override
        public String toString() {
            return count + " calls";
        }
    }

    /**
     * The calls of the last time.
     *
     * @param length how long
     */
    record Time(Duration length) implements Span {
        /** Creates a span. */
        public Time {
            Checks.positive(length, "window");
        }

        @Override
        public SlidingWindow window(long nowNanos) {
            return new TimeWindow(Nanos.of(length), nowNanos);
        }

        @Override
        public int capacity() {
            return Integer.MAX_VALUE;
        }

        @Override
        public String toString() {
            return length.toString();
        }
    }
}
