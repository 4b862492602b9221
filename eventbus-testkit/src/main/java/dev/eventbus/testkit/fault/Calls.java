/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.fault;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/**
 * Which calls are chosen, by their numbers from 1. Immutable.
 *
 * @param words completes "failing ..."
 */
record Calls(String words, LongPredicate chosen) {
    static final Calls EVERY = new Calls("on every call", call -> true);

    private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;

    static Calls of(int first, int... more) {
        Set<Long> numbers = new TreeSet<>(); // in order, for the words
        add(numbers, first);
        for (int number : more) {
            add(numbers, number);
        }
        String list = numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return new Calls((numbers.size() == 1 ? "on call " : "on calls ") + list, numbers::contains);
    }

    private static void add(Set<Long> numbers, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("calls must be >= 1, was " + number + "; calls count from 1");
        }
        if (!numbers.add((long) number)) {
            throw new IllegalArgumentException("calls must name each call once, named " + number + " twice");
        }
    }

    static Calls first(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be >= 1, was " + count);
        }
        return new Calls(count == 1 ? "on the first call" : "on the first " + count + " calls", call -> call <= count);
    }

    static Calls each(int step) {
        if (step < 2) {
            throw new IllegalArgumentException(
                    "step must be >= 2, was " + step + "; for every call choose no calls at all");
        }
        return new Calls("on calls " + step + ", " + 2L * step + ", " + 3L * step + " and so on",
                call -> call % step == 0);
    }

    static Calls atRandom(double chance, long seed) {
        if (!(chance > 0 && chance <= 1)) { // not-a-number is refused too
            throw new IllegalArgumentException("chance must be > 0 and <= 1, was " + chance);
        }
        return new Calls("at random (chance=" + chance + ", seed=" + seed + ")", call -> draw(seed, call) < chance);
    }

    // Of seed and number alone, so that it does not matter which thread comes first; the same on every JDK.
    private static double draw(long seed, long call) {
        return (mix(mix(seed) + call * GOLDEN_GAMMA) >>> 11) * 0x1p-53;
    }

    // SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
