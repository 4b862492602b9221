/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.testkit.mutants.Hunt.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Shows that the simulation finds bugs: each patch in {@code src/mutants} plants one into the engine, and each must be found
 * (G7). By {@code mvn verify -Pmutants}, not in every build.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(1_800)
class MutantProof {
    private static final int SEEDS = Integer.getInteger("mutants.seeds", 1_000);
    private static final List<String> SCENARIOS = new SeedRun().names();
    private static final String ONLY = System.getProperty("mutants.only", "");

    @Test
    void nothing_is_found_in_the_engine_as_it_is_and_every_mutant_is() throws Exception {
        assertThat(hunt(Mutant.none())).as("found in the engine as it is").isEmpty(); // or what follows would prove nothing

        List<String> survivors = new ArrayList<>();
        for (Mutant mutant : Mutant.all()) {
            if (mutant.name().contains(ONLY) && hunt(mutant).isEmpty()) {
                survivors.add(mutant.name());
            }
        }
        assertThat(survivors).as("mutants that " + SEEDS + " seeds do not show").isEmpty();
    }

    private static Optional<Finding> hunt(Mutant mutant) throws Exception {
        long begun = System.nanoTime();
        Optional<Finding> found = new Hunt(mutant, SCENARIOS).run(SEEDS);
        System.out.printf("mutant %s: %s [%d ms]%n", mutant.name(), found.map(MutantProof::describe)
                .orElse("nothing found in " + SEEDS + " seeds of " + SCENARIOS),
                (System.nanoTime() - begun) / 1_000_000);
        return found;
    }

    private static String describe(Finding found) {
        return "seed " + found.seed() + ", " + found.scenario() + ": " + found.complaint();
    }
}
