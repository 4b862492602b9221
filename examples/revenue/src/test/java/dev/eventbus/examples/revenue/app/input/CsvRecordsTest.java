/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.examples.revenue.app.input.CsvRow.Broken;
import dev.eventbus.examples.revenue.app.input.CsvRow.Fields;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** From text to fields. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class CsvRecordsTest {
    @Test
    void quotes_hold_commas_quotes_and_line_ends() throws IOException {
        assertThat(rows("a,\"b, \"\"c\"\"\"\r\n\"d\ne\",f\n")).containsExactly(
                new Fields(1, List.of("a", "b, \"c\"")), new Fields(2, List.of("d\ne", "f")));
    }

    @Test
    void empty_lines_are_no_rows_and_the_last_line_needs_no_end() throws IOException {
        assertThat(rows("a,b\n\n\r\nc,d")).containsExactly(new Fields(1, List.of("a", "b")),
                new Fields(4, List.of("c", "d")));
    }

    @Test
    void lines_end_as_on_any_system() throws IOException {
        assertThat(rows("a,b\rc,d\r\ne,f\n\rg,h")).containsExactly(new Fields(1, List.of("a", "b")),
                new Fields(2, List.of("c", "d")), new Fields(3, List.of("e", "f")), new Fields(5, List.of("g", "h")));
    }

    @Test
    void a_line_end_may_fall_between_two_reads() throws IOException {
        String text = "a,b\r\n".repeat(10_000);

        assertThat(rows(text)).hasSize(10_000).last().isEqualTo(new Fields(10_000, List.of("a", "b")));
    }

    @Test
    void a_quote_that_is_never_closed_costs_its_own_line_only() throws IOException {
        assertThat(rows("a,\"b\nc,d\ne,f\n")).containsExactly(new Broken(1, "breaks the rules of quoting"),
                new Fields(2, List.of("c", "d")), new Fields(3, List.of("e", "f")));
    }

    @Test
    void a_quote_that_a_later_row_seems_to_close_costs_its_own_line_only() throws IOException {
        assertThat(rows("a,\"b\nc,\"d, d\"\ne,f\n")).containsExactly(new Broken(1, "breaks the rules of quoting"),
                new Fields(2, List.of("c", "d, d")), new Fields(3, List.of("e", "f")));
    }

    @Test
    void several_broken_lines_in_a_row_are_each_reported() throws IOException {
        assertThat(rows("\"a\n\"b\n\"c\nd,e\n")).extracting(CsvRow::line).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void a_line_without_end_is_cut_and_not_kept() throws IOException {
        String endless = "x".repeat(100_000);

        assertThat(rows("a,b\n" + endless + "\nc,d\n")).containsExactly(new Fields(1, List.of("a", "b")),
                new Broken(2, "has more than 4096 characters"), new Fields(3, List.of("c", "d")));
    }

    private static List<CsvRow> rows(String text) throws IOException {
        List<CsvRow> rows = new ArrayList<>();
        try (CsvRecords records = new CsvRecords(new LineReader(new StringReader(text)), 2)) {
            for (CsvRow row = records.next(); row != null; row = records.next()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
