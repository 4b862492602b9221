/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import dev.eventbus.publish.EventScheduler;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.ScheduledPublish;
import java.time.Duration;
import java.time.Instant;

/** Fails once, after it has taken as many as it is told to. */
final class BreakableScheduler implements EventScheduler {
    private final EventScheduler scheduler;
    private int left = Integer.MAX_VALUE;

    BreakableScheduler(EventScheduler scheduler) {
        this.scheduler = scheduler;
    }

    void failAfter(int taken) {
        left = taken;
    }

    @Override
    public ScheduledPublish publishAfter(Duration delay, Object payload, PublishOptions options) {
        return scheduler.publishAfter(delay, payload, options);
    }

    @Override
    public ScheduledPublish publishAt(Instant due, Object payload, PublishOptions options) {
        if (left-- == 0) {
            throw new IllegalStateException("no room for another timer");
        }
        return scheduler.publishAt(due, payload, options);
    }
}
