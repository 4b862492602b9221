/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Holds the J rules of docs/contract.md and the tests of this module together, as core's test of that name does the others. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RulesTest {
    private static final Pattern HEADING = Pattern.compile("(?m)^\\*\\*(J-\\d+)\\*\\*");
    private static final Pattern PROOF = Pattern.compile("@Test\\s+@Rule\\(\"(J-\\d+)\"\\)\\s+void ");

    @Test
    void every_rule_has_a_test_and_every_test_a_rule() throws IOException {
        Set<String> rules = found(HEADING, Files.readString(Path.of("../docs/contract.md")));

        assertThat(rules).isNotEmpty();
        assertThat(proven()).isEqualTo(rules);
    }

    @Test
    void rules_are_headings_and_proofs_are_tests_that_run() {
        assertThat(found(HEADING, "**J-1** one\n\ntext **J-9** inside\n**P-2** two\n")).containsExactly("J-1");
        assertThat(found(PROOF, "@Test\n    @" + "Rule(\"J-1\")\n    void runs() {")).containsExactly("J-1");
        assertThat(found(PROOF, "@Test\n @Disabled @" + "Rule(\"J-1\") void no() {} @" + "Rule(\"J-2\") void no2() {}"))
                .isEmpty();
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> proven() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return found(PROOF, files.filter(file -> file.toString().endsWith(".java")).map(RulesTest::read)
                    .collect(Collectors.joining()));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
