/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.publish.Outcome;

/**
 * The states of up to 16 deliveries in one word, four bits each, lowest first. Stateless.
 *
 * <p>0 is open, the ordinal of an {@link Outcome} is that outcome, and two more codes are the engine's own.
 */
final class OutcomeBits {
    /** Deliveries in one word. */
    static final int PER_WORD = 16;
    /** A filter left the event out: there is no delivery. */
    static final int FILTERED = 14;
    /** Somebody is bringing the delivery to its end; to everybody else it is still open. */
    static final int CLAIMED = 15;

    private static final long CODE = 0xF;
    private static final long EACH = 0x1111_1111_1111_1111L;
    private static final Outcome[] OUTCOMES = Outcome.values();

    private OutcomeBits() {
    }

    static int code(long word, int index) {
        return (int) ((word >>> shift(index)) & CODE);
    }

    static long with(long word, int index, int code) {
        return (word & ~(CODE << shift(index))) | ((long) code << shift(index));
    }

    @SuppressWarnings("EnumOrdinal") // the codes live as long as the event, never outside the process
    static int code(Outcome outcome) {
        return outcome.ordinal();
    }

    static Outcome outcome(int code) {
        return code == CLAIMED ? Outcome.OPEN : OUTCOMES[code];
    }

    // All sixteen at once: a delivery has ended if any of its four bits is set, but not all of them.
    static boolean allEnded(long word, int deliveries) {
        long any = word | (word >>> 1);
        any |= any >>> 2;
        long all = word & (word >>> 1);
        all &= all >>> 2;
        long wanted = deliveries >= PER_WORD ? EACH : EACH & ((1L << (deliveries << 2)) - 1);
        return (any & ~all & wanted) == wanted;
    }

    private static int shift(int index) {
        return (index & (PER_WORD - 1)) << 2;
    }
}
