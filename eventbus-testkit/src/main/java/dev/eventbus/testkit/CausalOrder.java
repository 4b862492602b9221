/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import java.util.Arrays;

/**
 * Finds causal inversions of one subscription by walking the trees of events and what was published in their handlers. Not
 * thread-safe.
 *
 * <p>On the way down each lane keeps the ancestor that is over last, on the way up it gets the one before back.
 */
final class CausalOrder {
    private final Publishes publishes;
    private final Deliveries deliveries;
    private final RecordedSubscription subscription;
    private final ViolationLog violations;
    private final Lanes ancestors = new Lanes();
    private int[] saved = new int[64]; // what the lanes of the path held before
    private int depth;

    CausalOrder(Publishes publishes, Deliveries deliveries, RecordedSubscription subscription,
            ViolationLog violations) {
        this.publishes = publishes;
        this.deliveries = deliveries;
        this.subscription = subscription;
        this.violations = violations;
    }

    void check() {
        for (int event = 0; event < publishes.size(); event++) {
            if (publishes.parent(event) < 0 && publishes.firstChild(event) >= 0) {
                walk(event);
            }
        }
    }

    /** Without recursion: chains may be longer than the stack. */
    private void walk(int root) {
        int event = root;
        enter(event);
        while (true) {
            int next = publishes.firstChild(event);
            while (next < 0) {
                leave(event);
                if (event == root) {
                    return;
                }
                next = publishes.nextSibling(event);
                event = next < 0 ? publishes.parent(event) : event;
            }
            event = next;
            enter(event);
        }
    }

    private void enter(int event) {
        int worst = Lanes.NONE;
        if (publishes.mayReach(event, subscription)) {
            int lane = lane(event);
            worst = ancestors.event(lane);
            compare(event, worst);
            if (worst == Lanes.NONE || deliveries.over(event) > deliveries.over(worst)) {
                ancestors.set(lane, event);
            }
        }
        if (depth == saved.length) {
            saved = Arrays.copyOf(saved, depth * 2);
        }
        saved[depth++] = worst;
    }

    private void leave(int event) {
        int before = saved[--depth];
        if (publishes.mayReach(event, subscription)) {
            ancestors.set(lane(event), before);
        }
    }

    private void compare(int event, int ancestor) {
        if (ancestor != Lanes.NONE && deliveries.over(ancestor) > deliveries.firstBegan(event)) {
            violations.add(ViolationKind.CAUSAL_INVERSION,
                    () -> subscription + ": " + publishes.describe(event) + " began at " + deliveries.firstBegan(event)
                            + " before its ancestor, " + publishes.describe(ancestor) + ", was over at "
                            + deliveries.over(ancestor));
        }
    }

    private int lane(int event) {
        return ancestors.number(publishes.lane(event, subscription));
    }
}
