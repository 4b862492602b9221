/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * Publishes as a number of clients would, each of whom waits for the answer to one request before making the next: returns when
 * fewer events are under way than there are clients.
 *
 * <p>With one client an event has its outcomes when its publish returns, on any dispatcher; those that follow from it may not.
 * A handler, which is no client, never waits here.
 *
 * <p>A service publishes under a lock, so a client waits under it: for the events of one service alone, none of which is handled
 * by who needs that lock. The clients of another service have a publisher of their own.
 *
 * <p>Whoever fed the bus as fast as it takes events would measure how long its queues are, and not how long a delivery takes.
 *
 * <p>Not thread-safe; one client thread at a time, and any number of handlers beside it.
 */
final class PatientPublisher implements EventPublisher {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventPublisher bus;
    private final int clients;
    private final BooleanSupplier handling;
    private final Queue<Receipt> underWay = new ArrayDeque<>();

    PatientPublisher(EventPublisher bus, int clients, BooleanSupplier handling) {
        this.bus = bus;
        this.clients = clients;
        this.handling = handling;
    }

    @Override
    public Receipt publish(Object payload) {
        return publish(payload, PublishOptions.options());
    }

    @Override
    public Receipt publish(Object payload, PublishOptions options) {
        Receipt receipt = bus.publish(payload, options);
        if (handling.getAsBoolean()) {
            return receipt;
        }
        underWay.add(receipt);
        while (underWay.size() >= clients) {
            awaitOutcomes(underWay.remove());
        }
        return receipt;
    }

    // Who has no patience left, or is interrupted, goes on without an answer: the event is published, and whoever published it
    // has to keep what it says. What became of it is for the checks to say.
    private static void awaitOutcomes(Receipt receipt) {
        try {
            receipt.await(PATIENCE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
