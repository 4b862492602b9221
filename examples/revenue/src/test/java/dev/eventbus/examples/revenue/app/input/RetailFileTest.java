/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of all sorts. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class RetailFileTest {
    private static final String HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
    private static final String ROW = "1,10001,FRAME,2,2025-01-31 10:00:00,7.95,20001.0,France\n";

    private final RejectedRows rejected = new RejectedRows();

    @TempDir
    private Path folder;

    @Test
    void reads_plain_text_with_or_without_a_byte_order_mark() throws IOException {
        assertThat(count(Files.writeString(folder.resolve("plain.csv"), HEADER + ROW))).isEqualTo(1);
        assertThat(count(Files.writeString(folder.resolve("marked.csv"), "\uFEFF" + HEADER + ROW))).isEqualTo(1);
    }

    @Test
    void reads_compressed_text() throws IOException {
        assertThat(count(compressed(folder.resolve("a.csv.gz"), HEADER + ROW + ROW))).isEqualTo(2);
    }

    @Test
    void bad_rows_are_counted_with_line_and_reason_and_do_not_stop_the_others() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.csv"), HEADER + "1,2\n" + ROW + "," + ROW + ROW);

        assertThat(count(file)).isEqualTo(2);
        assertThat(rejected.kept()).containsExactly(new RejectedRow(2, "has 2 columns instead of 8"),
                new RejectedRow(4, "has 9 columns instead of 8"));
    }

    @Test
    void a_missing_file_another_header_and_an_empty_file_are_errors() throws IOException {
        Path missing = folder.resolve("missing.csv");
        Path other = Files.writeString(folder.resolve("other.csv"), "id,name\n1,2\n");
        Path empty = Files.writeString(folder.resolve("empty.csv"), "");

        assertThatThrownBy(() -> count(missing)).isInstanceOf(InputException.class).hasMessageContaining("no file");
        assertThatThrownBy(() -> count(folder)).isInstanceOf(InputException.class).hasMessageContaining("no file");
        assertThatThrownBy(() -> count(other)).isInstanceOf(InputException.class).hasMessageContaining("InvoiceNo,");
        assertThatThrownBy(() -> count(empty)).isInstanceOf(InputException.class).hasMessageContaining("InvoiceNo,");
    }

    @Test
    void what_is_not_compressed_or_breaks_off_is_an_error() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain.csv.gz"), HEADER + ROW);
        Path whole = compressed(folder.resolve("whole.csv.gz"), HEADER + ROW.repeat(10_000));
        byte[] bytes = Files.readAllBytes(whole);
        Path half = Files.write(folder.resolve("half.csv.gz"), Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> count(plain)).isInstanceOf(InputException.class).hasMessageContaining("GZIP");
        assertThatThrownBy(() -> count(half)).isInstanceOf(InputException.class).hasMessageContaining("broke off");
    }

    private long count(Path file) throws IOException {
        try (RetailRows rows = new RetailFile(file).open(rejected)) {
            long good = 0;
            while (rows.next() != null) {
                good++;
            }
            return good;
        }
    }

    private static Path compressed(Path file, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
