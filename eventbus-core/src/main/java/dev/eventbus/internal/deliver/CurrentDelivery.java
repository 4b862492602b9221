/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.subscribe.Delivery;

/** What a handler sees of its attempt. Immutable. */
record CurrentDelivery<E>(Publication<E> publication, Subscriber subscriber, int attempt) implements Delivery<E> {
    @Override
    public E payload() {
        return publication.payload();
    }

    @Override
    public EventEnvelope<E> event() {
        return publication;
    }

    @Override
    public String subscription() {
        return subscriber.name();
    }

    @Override
    public EventPublisher publisher() {
        return subscriber.publisher();
    }

    @Override
    public String toString() {
        return "Delivery[event=" + publication + ", subscription=" + subscription() + ", attempt=" + attempt + "]";
    }
}
