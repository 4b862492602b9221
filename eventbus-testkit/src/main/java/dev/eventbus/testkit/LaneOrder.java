/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

/**
 * Finds key inversions and overlaps of one subscription in one pass over the log. Not thread-safe.
 *
 * <p>When a publish returns, its event joins those that every later one of the lane must wait for; of these the one that is
 * over last is enough. When a publish begins, its first attempt is compared with that one.
 */
final class LaneOrder {
    private final Publishes publishes;
    private final Deliveries deliveries;
    private final RecordedSubscription subscription;
    private final ViolationLog violations;
    private final Lanes published = new Lanes(); // of each lane: the one published before now that is over last
    private final Lanes attempted = new Lanes(); // of each lane: the one attempted last

    LaneOrder(Publishes publishes, Deliveries deliveries, RecordedSubscription subscription, ViolationLog violations) {
        this.publishes = publishes;
        this.deliveries = deliveries;
        this.subscription = subscription;
        this.violations = violations;
    }

    void read(FactLog log) {
        log.forEach((stamp, event, code) -> {
            int kind = FactCode.kind(code);
            if (kind >= FactCode.BEGAN && FactCode.subscription(code) != subscription.index) {
                return;
            }
            if (publishes.mayReach(event, subscription)) {
                read(stamp, event, kind);
            }
        });
    }

    private void read(int stamp, int event, int kind) {
        switch (kind) {
            case FactCode.PUBLISHING -> publishing(event);
            case FactCode.ACCEPTED -> accepted(event);
            case FactCode.BEGAN -> began(stamp, event);
            case FactCode.ENDED -> attempted.run(lane(attempted, event), -1);
            default -> {
                // Ends are known from the deliveries.
            }
        }
    }

    private void publishing(int event) {
        int earlier = published.event(lane(published, event));
        if (earlier != Lanes.NONE && deliveries.over(earlier) > deliveries.firstBegan(event)) {
            violations.add(ViolationKind.KEY_INVERSION, () -> describe(event, earlier));
        }
    }

    private void accepted(int event) {
        int lane = lane(published, event);
        int latest = published.event(lane);
        if (latest == Lanes.NONE || deliveries.over(event) > deliveries.over(latest)) {
            published.set(lane, event);
        }
    }

    private void began(int stamp, int event) {
        int lane = lane(attempted, event);
        int before = attempted.event(lane);
        if (attempted.run(lane, 1) > 0) {
            violations.add(ViolationKind.OVERLAP,
                    () -> subscription + ": attempt of " + publishes.describe(event) + " began at "
                            + stamp + " while one of " + publishes.describe(before) + " was running");
        }
        attempted.set(lane, event);
    }

    private int lane(Lanes lanes, int event) {
        return lanes.number(publishes.lane(event, subscription));
    }

    private String describe(int event, int earlier) {
        return subscription + ": " + publishes.describe(event) + " began at " + deliveries.firstBegan(event)
                + " before "
                + publishes.describe(earlier) + " was over at " + deliveries.over(earlier);
    }
}
