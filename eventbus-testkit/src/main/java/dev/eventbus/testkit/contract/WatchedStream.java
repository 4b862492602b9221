/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Gives bytes in small pieces, then an end, spaces for ever or a failure; knows how many were taken. Not thread-safe. */
final class WatchedStream extends InputStream {
    private final byte[] data;
    private final boolean endless;
    private final @Nullable IOException failure;
    private long taken;
    private boolean closed;

    private WatchedStream(byte[] data, boolean endless, @Nullable IOException failure) {
        this.data = data;
        this.endless = endless;
        this.failure = failure;
    }

    static WatchedStream of(byte[] data) {
        return new WatchedStream(data, false, null);
    }

    static WatchedStream endless(byte[] data) {
        return new WatchedStream(data, true, null);
    }

    static WatchedStream failing(byte[] data, IOException failure) {
        return new WatchedStream(data, false, failure);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int most = endless ? length : (int) Math.min(Math.min(length, 7), data.length - taken);
        if (most <= 0) {
            return end();
        }
        for (int i = 0; i < most; i++) {
            into[offset + i] = taken < data.length ? data[(int) taken] : (byte) ' ';
            taken++;
        }
        return most;
    }

    private int end() throws IOException {
        if (failure != null) {
            throw failure;
        }
        return -1;
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    long taken() {
        return taken;
    }
}
