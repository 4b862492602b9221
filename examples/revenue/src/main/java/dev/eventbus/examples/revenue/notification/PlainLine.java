/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.notification;

import java.util.regex.Pattern;

/**
 * Makes one harmless line of a text from outside.
 *
 * <p>Whatever ends a line, steers a terminal or turns the direction of writing becomes a space, so that no name can add a
 * header or pretend to be something else; what is longer than {@value #LONGEST} characters is cut. Stateless.
 */
final class PlainLine {
    static final int LONGEST = 254; // as long as an address may be, RFC 5321

    // Controls, formats, halves of characters, what is none yet, ends of lines and of paragraphs.
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]");

    private PlainLine() {
    }

    static String of(String text) {
        String start = text.substring(0, Math.min(text.length(), LONGEST));
        return HARMFUL.matcher(start).replaceAll(" ").strip();
    }
}
