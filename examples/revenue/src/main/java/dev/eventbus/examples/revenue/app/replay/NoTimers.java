/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.replay;

import dev.eventbus.publish.EventScheduler;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.ScheduledPublish;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Schedules nothing: what was due stands in the file that is replayed. Stateless. */
public final class NoTimers implements EventScheduler {
    @Override
    public ScheduledPublish publishAfter(Duration delay, Object payload, PublishOptions options) {
        return publishAt(Instant.EPOCH.plus(delay), payload, options);
    }

    @Override
    public ScheduledPublish publishAt(Instant due, Object payload, PublishOptions options) {
        return new Withdrawn(due, payload.getClass().getSimpleName());
    }

    private record Withdrawn(Instant due, String type) implements ScheduledPublish {
        @Override
        public boolean cancel() {
            return false;
        }

        @Override
        public boolean isCancelled() {
            return true;
        }

        @Override
        public boolean isDone() {
            return true;
        }

        @Override
        public CompletionStage<Receipt> completion() {
            CompletableFuture<Receipt> never = new CompletableFuture<>();
            never.cancel(false);
            return never;
        }
    }
}
