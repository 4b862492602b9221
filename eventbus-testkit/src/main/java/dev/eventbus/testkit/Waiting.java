/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

/**
 * What a simulated thread waits for: {@code NOTHING -> (any other but ENDED) -> NOTHING}, {@code NOTHING -> ENDED}.
 */
enum Waiting {
    /** Nothing but the baton, or it has it. */
    NOTHING("runnable"),
    /** An unpark, an interrupt or a moment. */
    UNPARK("parked"),
    /** A moment or an interrupt. */
    MOMENT("asleep"),
    /** A condition, a moment if it has one, or an interrupt. */
    CONDITION("waits for"),
    /** That no other thread can run, or an interrupt. */
    IDLENESS("waits until nobody else can run"),
    /** It does not wait any more. */
    ENDED("ended");

    private final String phrase;

    Waiting(String phrase) {
        this.phrase = phrase;
    }

    String phrase() {
        return phrase;
    }
}
