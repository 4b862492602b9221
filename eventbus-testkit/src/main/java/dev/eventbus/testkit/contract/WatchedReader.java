/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** Reads a watched stream as text, and leaves it alone when it is closed itself. Not thread-safe. */
final class WatchedReader extends Reader {
    private final Reader reader;
    private long taken;
    private boolean closed;

    WatchedReader(WatchedStream stream) {
        this.reader = new InputStreamReader(stream, StandardCharsets.UTF_8);
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
        int read = reader.read(into, offset, length);
        taken += Math.max(0, read);
        return read;
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** Characters that were asked for; the decoder below may have read on. */
    long taken() {
        return taken;
    }
}
