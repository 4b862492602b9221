/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.input;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one file: gives the good ones, counts and notes the others.
 *
 * <p>Not thread-safe.
 */
public final class RetailRows implements Closeable {
    private final String name;
    private final CsvRecords records;
    private final RejectedRows rejected;
    private final RowParser parser = new RowParser();
    private long read;

    RetailRows(String name, CsvRecords records, RejectedRows rejected) {
        this.name = name;
        this.records = records;
        this.rejected = rejected;
    }

    /**
     * Reads on to the next good row.
     *
     * @return the row, or null at the end
     * @throws InputException if the file breaks off
     */
    public @Nullable Row next() {
        CsvRow row = nextRecord();
        while (row != null) {
            read++;
            try {
                return parse(row);
            } catch (MalformedRowException malformed) {
                rejected.add(row.line(), malformed.reason());
            }
            row = nextRecord();
        }
        return null;
    }

    /**
     * Counts the rows so far.
     *
     * @return good and bad ones, without the header and empty lines
     */
    public long read() {
        return read;
    }

    private Row parse(CsvRow row) throws MalformedRowException {
        return switch (row) {
            case CsvRow.Fields good -> parser.parse(good.line(), good.fields());
            case CsvRow.Broken broken -> throw new MalformedRowException(broken.reason());
        };
    }

    private @Nullable CsvRow nextRecord() {
        try {
            return records.next();
        } catch (IOException broken) {
            throw InputException.broken(name, records.line(), broken);
        }
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
