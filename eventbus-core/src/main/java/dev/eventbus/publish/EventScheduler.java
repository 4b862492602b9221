/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.publish;

import dev.eventbus.error.ConfigurationException;
import java.time.Duration;
import java.time.Instant;

/**
 * Publishes events later: the port for services that need more than an {@link EventPublisher}.
 *
 * <p>In memory: what is scheduled is gone with the process, and a shutdown does not wait for it but gives it back in its
 * report. What must not be lost belongs into a database.
 *
 * <p>A null payload, one that cannot be published, its validators and its depth of causation are checked at the call,
 * once. Everything else is of the moment in which it is due: id, timestamp, subscriptions, filters, full buffers. Called
 * inside a handler, the event follows from the one being handled, as if it were published there.
 *
 * <p>When they are due, events are published one after the other, in the order of their moments, equal ones in the order
 * in which they were scheduled, on a thread of their own: a publish that waits for room, or for synchronous handlers,
 * delays those after it. What is rejected then is counted, signalled and logged at WARN. Delays run on the monotonic
 * clock: no jump of the wall clock moves anything afterwards. One of more than 73 years ends after 73 years. Thread-safe.
 *
 * @since 0.1
 */
public interface EventScheduler {
    /**
     * Publishes an event after a delay, with no options.
     *
     * @param delay how long at least; zero for at once, but not in the calling thread
     * @param payload any immutable object; its class decides who gets it
     * @return takes it back, or tells what became of it
     * @throws ConfigurationException if the delay is negative
     * @throws PublishRejectedException if it was refused at once; then it will not be published
     */
    default ScheduledPublish publishAfter(Duration delay, Object payload) {
        return publishAfter(delay, payload, PublishOptions.options());
    }

    /**
     * Publishes an event after a delay, with explicit metadata.
     *
     * @param delay how long at least; zero for at once, but not in the calling thread
     * @param payload any immutable object; its class decides who gets it
     * @param options metadata that wins over what the bus would give
     * @return takes it back, or tells what became of it
     * @throws ConfigurationException if the delay is negative
     * @throws PublishRejectedException if it was refused at once; then it will not be published
     */
    ScheduledPublish publishAfter(Duration delay, Object payload, PublishOptions options);

    /**
     * Publishes an event at a moment, with no options.
     *
     * @param due read against the wall clock once, now; a moment that has passed means at once, but not in the calling
     *     thread
     * @param payload any immutable object; its class decides who gets it
     * @return takes it back, or tells what became of it
     * @throws PublishRejectedException if it was refused at once; then it will not be published
     */
    default ScheduledPublish publishAt(Instant due, Object payload) {
        return publishAt(due, payload, PublishOptions.options());
    }

    /**
     * Publishes an event at a moment, with explicit metadata.
     *
     * @param due read against the wall clock once, now; a moment that has passed means at once, but not in the calling
     *     thread
     * @param payload any immutable object; its class decides who gets it
     * @param options metadata that wins over what the bus would give
     * @return takes it back, or tells what became of it
     * @throws PublishRejectedException if it was refused at once; then it will not be published
     */
    ScheduledPublish publishAt(Instant due, Object payload, PublishOptions options);
}
