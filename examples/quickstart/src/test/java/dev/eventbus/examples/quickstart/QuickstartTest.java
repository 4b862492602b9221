/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Runs the program as a reader would. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class QuickstartTest {
    private final PrintStream before = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(before);
    }

    @Test
    void prints_the_revenue_that_the_handler_was_given() {
        Quickstart.main(new String[0]);

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("revenue + 99.00\n");
    }
}
