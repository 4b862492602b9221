/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.fault;

import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;

/** A publisher with a fault; a publish with options counts like one without. Thread-safe. */
record FaultyPublisher(EventPublisher publisher, CountedCalls calls) implements EventPublisher {
    @Override
    public Receipt publish(Object payload) {
        return calls.makeUnchecked(operation(payload), () -> publisher.publish(payload));
    }

    @Override
    public Receipt publish(Object payload, PublishOptions options) {
        return calls.makeUnchecked(operation(payload), () -> publisher.publish(payload, options));
    }

    private static String operation(Object payload) {
        return "EventPublisher.publish(" + Fault.typeOf(payload) + ")";
    }
}
