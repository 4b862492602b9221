/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import java.util.HexFormat;
import java.util.UUID;

/** Strict readings of text. Stateless. */
final class Texts {
    // shorter than any bound of a name or value
    private static final int PLAIN = 256;

    private Texts() {
    }

    /** Whether text is short and all of printable ASCII, as nearly every text is: no check would refuse it. */
    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return text.length() <= PLAIN;
    }

    /** Whether text is plain, and a name too. */
    static boolean isPlainName(String text) {
        return !text.isEmpty() && text.charAt(0) != ' ' && isPlain(text);
    }

    /** As UUID.fromString, but for forms that it completes. */
    static UUID uuid(String text) {
        if (text.length() != 36 || text.charAt(8) != '-' || text.charAt(13) != '-' || text.charAt(18) != '-'
                || text.charAt(23) != '-') {
            throw new IllegalArgumentException("no complete UUID");
        }
        long most = hex(text, 0, 8) << 32 | hex(text, 9, 13) << 16 | hex(text, 14, 18);
        return new UUID(most, hex(text, 19, 23) << 48 | hex(text, 24, 36));
    }

    private static long hex(String text, int from, int to) {
        return HexFormat.fromHexDigitsToLong(text, from, to);
    }
}
