/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The samples of docs/testing.md. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TestingGuideTest {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Path GUIDE = Path.of("../docs/testing.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Path TESTS_WITH_JSON = Path.of("../eventbus-jackson/src/test/java");

    @Test
    void every_sample_stands_in_a_test() throws IOException {
        String tests = tests(TESTS) + tests(TESTS_WITH_JSON);
        List<String> samples = BLOCK.matcher(Files.readString(GUIDE)).results().map(block -> block.group(1)).toList();

        assertThat(samples).hasSizeGreaterThan(4);
        assertThat(samples.stream().filter(sample -> !tests.contains(squeezed(sample)))).as("in no test").isEmpty();
    }

    private static String tests(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).map(TestingGuideTest::read)
                    .collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return squeezed(Files.readString(file));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    // How a line is broken is the formatter's business.
    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }
}
