/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.retry;

import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.policy.Backoff;
import java.util.random.RandomGenerator;

/** Computes delays that lie in [0, max] for every attempt number and never overflow. Stateless. */
final class BackoffMath {
    private BackoffMath() {
    }

    static long delayNanos(Backoff backoff, double jitter, int retry, long previousNanos, RandomGenerator random) {
        return switch (backoff) {
            case Backoff.Fixed fixed -> spread(Ports.toNanos(fixed.delay()), jitter, random);
            case Backoff.Exponential e ->
                spread(doubled(Ports.toNanos(e.initial()), Ports.toNanos(e.max()), retry - 1), jitter, random);
            case Backoff.DecorrelatedJitter d ->
                decorrelated(Ports.toNanos(d.initial()), Ports.toNanos(d.max()), previousNanos, random);
        };
    }

    // A shift by more than the leading zeros would overflow; by then the maximum is reached anyway.
    private static long doubled(long initial, long max, int times) {
        if (times >= Long.numberOfLeadingZeros(initial) - 1) {
            return max;
        }
        return Math.min(max, initial << Math.max(0, times));
    }

    private static long spread(long delay, double jitter, RandomGenerator random) {
        long range = jitterRange(delay, jitter);
        return range <= 0 ? delay : delay - random.nextLong(range + 1);
    }

    // Beyond 2^53 a double has not every whole number, and may round up past the delay.
    static long jitterRange(long delay, double jitter) {
        return Math.min(delay, (long) (delay * jitter));
    }

    private static long decorrelated(long initial, long max, long previous, RandomGenerator random) {
        long base = Math.max(initial, previous);
        long upper = base > max / 3 ? max : base * 3;
        return upper <= initial ? initial : initial + random.nextLong(upper - initial + 1);
    }
}
