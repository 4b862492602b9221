/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.deadletter;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.check.Checks;

/**
 * Says whether the events behind a dead letter are parked, so that none is handled before it.
 *
 * <p>Immutable: each method returns another value.
 *
 * @since 0.1
 */
public final class SequencePolicy {
    private static final SequencePolicy NONE = new SequencePolicy(false, 0, WhenFull.LAST_RESORT);
    private static final SequencePolicy SEQUENCED = new SequencePolicy(true, 1_000, WhenFull.LAST_RESORT);

    private final boolean sequenced;
    private final int letters;
    private final WhenFull whenFull;

    private SequencePolicy(boolean sequenced, int letters, WhenFull whenFull) {
        this.sequenced = sequenced;
        this.letters = letters;
        this.whenFull = whenFull;
    }

    /**
     * Parks what comes behind a dead letter of its key, or of a serial subscription: at most 1,000 letters in one sequence,
     * then the last resort, unless set.
     *
     * @return a policy with sequences
     */
    public static SequencePolicy sequenced() {
        return SEQUENCED;
    }

    /**
     * Lets each dead letter stand for itself: what comes behind it is handled before it is redriven.
     *
     * @return a policy without sequences
     */
    public static SequencePolicy none() {
        return NONE;
    }

    /**
     * Bounds the letters of one sequence.
     *
     * <p>1,000 unless set.
     *
     * @param most at least 1
     * @return a policy with the bound
     * @throws ConfigurationException if it is below 1, or there are no sequences to bound
     */
    public SequencePolicy letters(int most) {
        requireSequenced("letters");
        return new SequencePolicy(true, Checks.atLeast(most, 1, "letters"), whenFull);
    }

    /**
     * Chooses what happens to an event that has to be parked when its sequence is full.
     *
     * <p>{@link WhenFull#LAST_RESORT} unless set. An event that was attempted and given up cannot be held: it goes to the last
     * resort either way.
     *
     * @param value the choice
     * @return a policy with the choice
     * @throws ConfigurationException if there are no sequences that could be full
     */
    public SequencePolicy whenFull(WhenFull value) {
        requireSequenced("whenFull");
        return new SequencePolicy(true, letters, Checks.notNull(value, "whenFull"));
    }

    private void requireSequenced(String choice) {
        if (!sequenced) {
            throw new ConfigurationException(
                    choice + " must belong to a policy with sequences, was none(); begin with sequenced()");
        }
    }

    /**
     * Tells whether there are sequences.
     *
     * @return false for {@link #none()}
     */
    public boolean isSequenced() {
        return sequenced;
    }

    /**
     * Returns the bound of one sequence.
     *
     * @return most letters; 0 for {@link #none()}
     */
    public int letters() {
        return letters;
    }

    /**
     * Returns what happens when a sequence is full.
     *
     * @return the choice
     */
    public WhenFull whenFull() {
        return whenFull;
    }

    @Override
    public String toString() {
        return sequenced
                ? "SequencePolicy[letters=" + letters + ", whenFull=" + whenFull + "]"
                : "SequencePolicy[none]";
    }
}
