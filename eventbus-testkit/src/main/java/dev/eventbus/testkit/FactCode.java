/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

/**
 * What a fact says, packed: four bits for the kind, six for the subscription. No code is 0.
 *
 * <p>Kinds below {@link #OVER} are the constants; from there on one per {@link DeliveryEnd}.
 */
final class FactCode {
    static final int PUBLISHING = 1;
    static final int ACCEPTED = 2;
    static final int REJECTED = 3;
    static final int BEGAN = 4;
    static final int ENDED = 5;
    static final int REOPENED = 6;
    static final int OVER = 8;

    private static final int KIND_BITS = 4;
    private static final DeliveryEnd[] ENDS = new DeliveryEnd[1 << (KIND_BITS - 1)];

    static {
        for (DeliveryEnd end : DeliveryEnd.values()) {
            ENDS[end.code] = end;
        }
    }

    private FactCode() {
    }

    static int of(int kind, int subscription) {
        return (subscription << KIND_BITS) | kind;
    }

    static int over(DeliveryEnd end, int subscription) {
        return of(OVER + end.code, subscription);
    }

    static int kind(int code) {
        return code & ((1 << KIND_BITS) - 1);
    }

    static int subscription(int code) {
        return code >>> KIND_BITS;
    }

    static DeliveryEnd end(int kind) {
        return ENDS[kind - OVER];
    }
}
