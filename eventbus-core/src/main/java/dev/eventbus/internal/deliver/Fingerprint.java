/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;

/** Makes equal failures recognizable: a hash of class and place, without messages and line numbers. Stateless. */
final class Fingerprint {
    private static final int MAX_FRAMES = 16;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L; // FNV-1a (Fowler, Noll, Vo), 64 bits
    private static final long FNV_PRIME = 0x100000001b3L;

    private Fingerprint() {
    }

    static String of(Throwable failure) {
        long hash = mix(FNV_OFFSET, failure.getClass().getName());
        StackTraceElement[] frames = frames(failure);
        for (int i = 0; i < Math.min(frames.length, MAX_FRAMES) && !isEngine(frames[i]); i++) {
            hash = mix(mix(hash, frames[i].getClassName()), frames[i].getMethodName());
        }
        return HexFormat.of().toHexDigits(hash);
    }

    // Below the handler every attempt looks different, and says nothing of the failure.
    private static boolean isEngine(StackTraceElement frame) {
        return frame.getClassName().equals(Target.class.getName());
    }

    // getStackTrace of the user's exception may throw anything, or return null, or an array with nulls
    private static StackTraceElement[] frames(Throwable failure) {
        try {
            StackTraceElement[] frames = failure.getStackTrace();
            return Stream.of(frames).filter(Objects::nonNull).toArray(StackTraceElement[]::new);
        } catch (Throwable unusable) {
            return new StackTraceElement[0];
        }
    }

    private static long mix(long hash, String text) {
        long mixed = hash;
        for (int i = 0; i < text.length(); i++) {
            mixed = (mixed ^ text.charAt(i)) * FNV_PRIME;
        }
        return mixed;
    }
}
