/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of the Online Retail form, plain or compressed, or the small one that comes with the program. Immutable.
 *
 * @param path where it is, or null for the one that comes with the program
 */
public record RetailFile(@Nullable Path path) {
    private static final String BUNDLED = "bundled.csv";

    /**
     * Names the file for people.
     *
     * @return its file name
     */
    public String name() {
        return path == null ? BUNDLED : String.valueOf(path.getFileName());
    }

    /**
     * Opens the file and reads its header.
     *
     * @param rejected is told of the rows that are left out
     * @return the rows; close them
     * @throws InputException if there is no such file or its header is another
     */
    public RetailRows open(RejectedRows rejected) {
        if (path != null && (Files.isDirectory(path) || !Files.isReadable(path))) {
            throw InputException.missing(path.toString());
        }
        try {
            CsvRecords records = new CsvRecords(lines(), Column.values().length);
            requireHeader(records);
            return new RetailRows(name(), records, rejected);
        } catch (IOException unreadable) {
            throw InputException.broken(name(), 0, unreadable);
        }
    }

    private void requireHeader(CsvRecords records) throws IOException {
        String expected = String.join(",", Column.titles());
        boolean found = records.next() instanceof CsvRow.Fields header
                && withoutByteOrderMark(String.join(",", header.fields())).equals(expected);
        if (!found) {
            records.close();
            throw InputException.header(name(), expected);
        }
    }

    private LineReader lines() throws IOException {
        InputStream bytes = path == null ? bundled() : Files.newInputStream(path);
        InputStream plain = name().endsWith(".gz") ? decompressed(bytes) : bytes;
        return new LineReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    }

    private static InputStream decompressed(InputStream bytes) throws IOException {
        try {
            return new GZIPInputStream(bytes, 65_536);
        } catch (IOException notGzip) {
            bytes.close();
            throw notGzip;
        }
    }

    private static InputStream bundled() {
        InputStream bytes = RetailFile.class.getResourceAsStream(BUNDLED);
        if (bytes == null) {
            throw InputException.missing(BUNDLED);
        }
        return bytes;
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
