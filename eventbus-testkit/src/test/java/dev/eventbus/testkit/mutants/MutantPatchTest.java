/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the patches from rotting: {@link MutantProof} runs them, but not in every build. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class MutantPatchTest {
    private static final String PATCH = """
            sample
            --- a/eventbus-core/src/main/java/A.java
            +++ b/eventbus-core/src/main/java/A.java
            @@ -1,2 +1,2 @@
             one
            -two
            +three
            """;

    static List<Mutant> mutants() {
        return Mutant.all();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void applies_to_the_engine_as_it_is_and_compiles(Mutant mutant) throws Exception {
        mutant.engine().compile();

        assertThat(mutant.patch().about()).matches("[a-z].{20,} \\((B|G)\\d+.*\\)");
    }

    @Test
    void there_are_at_least_twelve() {
        assertThat(mutants()).hasSizeGreaterThanOrEqualTo(12);
    }

    @Test
    void changes_what_it_expects_wherever_that_stands() {
        assertThat(Patch.parse(PATCH).apply(path -> "zero\none\ntwo\nfour\n")).containsOnlyKeys("A.java")
                .containsValue("zero\none\nthree\nfour\n");
    }

    @Test
    void refuses_code_that_has_changed() {
        assertThatThrownBy(() -> Patch.parse(PATCH).apply(path -> "one\n2\n"))
                .hasMessageContaining("A.java has no more");
    }

    @Test
    void refuses_code_that_it_fits_twice() {
        assertThatThrownBy(() -> Patch.parse(PATCH).apply(path -> "one\ntwo\none\ntwo\n"))
                .hasMessageContaining("twice");
    }
}
