/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deadletter;

import dev.eventbus.internal.lane.Proofs;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Check-and-park is one step, and so is the removal of a letter with the end of its sequence, although the engine
 * asks its own set of parked sequences first.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Param(name = "letter", gen = IntGen.class, conf = "1:4")
public class DeadLetterSinkLincheck {
    private final Parked parked = new Parked();
    private final AtomicInteger letters = new AtomicInteger(100);

    /** Gives a delivery up: its letter opens the sequence, or goes behind the last. */
    @Operation
    public void giveUp(@Param(name = "letter") int letter) {
        parked.giveUp(letter);
    }

    /** Meets the sequence with a delivery: false if it goes on. */
    @Operation
    public boolean follow() {
        return parked.follow(letters.incrementAndGet());
    }

    /** Removes a letter. */
    @Operation
    public boolean remove(@Param(name = "letter") int letter) {
        return parked.remove(letter);
    }

    /** The same in one thread. */
    public static class Sequential {
        private final Set<Integer> there = new LinkedHashSet<>();
        private int letters = 100;

        /** Gives up. */
        public void giveUp(int letter) {
            there.add(letter);
        }

        /** Meets the sequence. */
        public boolean follow() {
            return !there.isEmpty() && there.add(++letters);
        }

        /** Removes. */
        public boolean remove(int letter) {
            return there.remove(letter);
        }
    }

    @Test
    void every_interleaving_of_the_model_is_one_step_a_call() {
        new ModelCheckingOptions().threads(2).actorsPerThread(3).actorsBefore(1).actorsAfter(2)
                .iterations(Proofs.ITERATIONS).invocationsPerIteration(Proofs.INVOCATIONS)
                .sequentialSpecification(Sequential.class).check(getClass());
    }

    @Test
    void real_threads_see_one_step_a_call() {
        new StressOptions().threads(3).actorsPerThread(3).actorsBefore(1).actorsAfter(2)
                .iterations(Proofs.ITERATIONS).invocationsPerIteration(Proofs.INVOCATIONS)
                .sequentialSpecification(Sequential.class).check(getClass());
    }
}
