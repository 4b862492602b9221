/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.Arrays;

/**
 * When each delivery of one subscription began and was over; finds what was lost, invented and duplicated on the way. Not
 * thread-safe.
 */
final class Deliveries {
    /** Stamp of what never happened. */
    static final int NEVER = Integer.MAX_VALUE;

    private static final int NONE = -1;
    private static final byte OPEN = 0;
    private static final byte CLOSED = 1;
    private static final byte REOPENED = 2; // and open
    private static final byte CLOSED_AGAIN = 3;

    private final Publishes publishes;
    private final RecordedSubscription subscription;
    private final ViolationLog violations;
    private final int[] firstBegan;
    private final int[] over; // of the first round; NONE while open
    private final int[] lastEnded; // of the first round
    private final byte[] states;
    private long attempts;

    Deliveries(Publishes publishes, RecordedSubscription subscription, ViolationLog violations) {
        this.publishes = publishes;
        this.subscription = subscription;
        this.violations = violations;
        int size = publishes.size();
        firstBegan = new int[size];
        Arrays.fill(firstBegan, NEVER);
        over = new int[size];
        Arrays.fill(over, NONE);
        lastEnded = new int[size];
        Arrays.fill(lastEnded, NONE);
        states = new byte[size];
    }

    void read(FactLog log) {
        log.forEach((stamp, event, code) -> {
            int kind = FactCode.kind(code);
            if (kind >= FactCode.BEGAN && FactCode.subscription(code) == subscription.index) {
                read(stamp, event, kind);
            }
        });
        for (int event = 0; event < states.length; event++) {
            finish(event);
        }
    }

    private void read(int stamp, int event, int kind) {
        attempts += kind == FactCode.BEGAN ? 1 : 0;
        if (!publishes.mayReach(event, subscription)) {
            if (kind != FactCode.ENDED) { // its begin was counted
                add(ViolationKind.INVENTED, event, what(kind) + " at " + stamp);
            }
            return;
        }
        switch (kind) {
            case FactCode.BEGAN -> began(stamp, event);
            case FactCode.ENDED -> lastEnded[event] = isFirstRound(event) ? stamp : lastEnded[event];
            case FactCode.REOPENED -> states[event] = isClosed(event) ? REOPENED : states[event];
            default -> ended(stamp, event, FactCode.end(kind));
        }
    }

    private void began(int stamp, int event) {
        if (isClosed(event)) {
            add(ViolationKind.DUPLICATED, event, "attempt began at " + stamp + " after the delivery was over");
        } else if (isFirstRound(event) && firstBegan[event] == NEVER) {
            firstBegan[event] = stamp;
        }
    }

    private void ended(int stamp, int event, DeliveryEnd end) {
        if (isClosed(event)) {
            add(ViolationKind.DUPLICATED, event, end + " at " + stamp + " after the delivery was over");
            return;
        }
        if (isFirstRound(event)) {
            over[event] = end.isOverWithTheAttempt() && lastEnded[event] != NONE ? lastEnded[event] : stamp;
        }
        states[event] = states[event] == OPEN ? CLOSED : CLOSED_AGAIN;
    }

    private void finish(int event) {
        if (over[event] == NONE) {
            over[event] = lastEnded[event];
        }
        if (!isClosed(event) && publishes.isExpected(event, subscription)) {
            String seen = firstBegan[event] == NEVER ? "never attempted" : "attempted from " + firstBegan[event];
            add(ViolationKind.LOST, event, seen + ", no end");
        }
    }

    private boolean isFirstRound(int event) {
        return states[event] <= CLOSED;
    }

    private boolean isClosed(int event) {
        return states[event] == CLOSED || states[event] == CLOSED_AGAIN;
    }

    /** Returns the stamp of the first attempt, or {@link #NEVER}. */
    int firstBegan(int event) {
        return firstBegan[event];
    }

    /** Returns the stamp at which the delivery was over, or -1 if it made nobody wait. */
    int over(int event) {
        return over[event];
    }

    long attempts() {
        return attempts;
    }

    private void add(ViolationKind kind, int event, String what) {
        violations.add(kind, () -> subscription + ": " + publishes.describe(event) + ": " + what);
    }

    private static String what(int kind) {
        return switch (kind) {
            case FactCode.BEGAN -> "attempt began";
            case FactCode.REOPENED -> "reopened";
            default -> FactCode.end(kind).toString();
        };
    }
}
