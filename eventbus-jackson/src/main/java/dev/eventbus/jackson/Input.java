/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import dev.eventbus.spi.DecodeFinding;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventDecodeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes no more than it may from wherever an event comes, so that all ways in become one: bytes of a bounded length.
 * Stateless.
 */
final class Input {
    private static final int KEPT = 64 << 10;

    private Input() {
    }

    static byte[] of(byte[] data, int max) {
        if (data.length > max) {
            throw tooLong(data, max);
        }
        if (data.length >= 2 && (!mayBegin(data[0]) || data[1] == 0)) {
            throw new EventDecodeException(new DecodeFinding(DecodeProblem.MALFORMED, "$",
                    "must be JSON in UTF-8 without byte order mark"), null, data, false, null);
        }
        return data;
    }

    /** JSON begins with a visible character of ASCII or with space; other encodings and their marks do not. */
    private static boolean mayBegin(byte first) {
        return first >= ' ' || first == '\t' || first == '\n' || first == '\r';
    }

    static byte[] of(InputStream in, int max) throws IOException {
        return of(in.readNBytes(max == Integer.MAX_VALUE ? max : max + 1), max);
    }

    static byte[] of(Reader in, int max) throws IOException {
        char[] chars = new char[Math.min(max, 8_192)];
        int length = 0;
        int read = in.read(chars, 0, chars.length);
        while (read >= 0) {
            length += read;
            if (length == chars.length) {
                if (length > max) {
                    throw tooLong(new String(chars, 0, Math.min(length, KEPT)).getBytes(StandardCharsets.UTF_8), max);
                }
                chars = Arrays.copyOf(chars, (int) Math.min(length * 2L, max + 1L));
            }
            read = in.read(chars, length, chars.length - length);
        }
        return of(utf8(new String(chars, 0, length)), max);
    }

    /** Half of a pair of surrogates has no form in UTF-8; to write a question mark instead would change the event. */
    private static byte[] utf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new EventDecodeException(
                    new DecodeFinding(DecodeProblem.MALFORMED, "$", "must be text of whole characters"),
                    null, bytes, false, null);
        }
        return bytes;
    }

    private static EventDecodeException tooLong(byte[] data, int max) {
        return new EventDecodeException(
                new DecodeFinding(DecodeProblem.LIMIT, "$", "must have at most " + max + " bytes"),
                null, Arrays.copyOf(data, Math.min(data.length, Math.min(max, KEPT))), true, null);
    }
}
