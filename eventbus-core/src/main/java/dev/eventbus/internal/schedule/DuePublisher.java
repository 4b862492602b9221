/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.schedule;

import dev.eventbus.error.EventBusException;
import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.publish.CheckedPayload;
import dev.eventbus.internal.publish.PublishStage;
import dev.eventbus.internal.runtime.Ports;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what is due, one after the other, on one thread that lives while there is something due. Thread-safe.
 */
final class DuePublisher {
    /** Gives a scheduled publish another moment. */
    @FunctionalInterface
    interface Later {
        void arm(Scheduled one, long atNanos);
    }

    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");
    private static final Duration UNTIL_NEXT_START = Duration.ofSeconds(1);

    private final String bus;
    private final Ports ports;
    private final PublishStage publish;
    private final Waiting waiting;
    private final Later later;

    DuePublisher(String bus, Ports ports, PublishStage publish, Waiting waiting, Later later) {
        this.bus = bus;
        this.ports = ports;
        this.publish = publish;
        this.waiting = waiting;
        this.later = later;
    }

    /** Lets one be published after those that were due before it; in the thread of the timers, and waits for nothing. */
    void due(Scheduled one) {
        if (waiting.due(one)) {
            start();
        }
    }

    // A runtime that cannot start a thread now may be able to later; until then a shutdown or its publisher can take it back.
    private void start() {
        try {
            ports.runtime().start("eventbus-" + bus + "-scheduled", this::run);
        } catch (Throwable broken) {
            LOG.error(
                    "bus '{}': no thread could be started for scheduled publishes: {}; it is tried again in {}, mend the "
                            + "runtime",
                    bus, Printable.describe(broken), UNTIL_NEXT_START);
            long again = ports.deadlineNanos(UNTIL_NEXT_START);
            waiting.putOff().forEach(one -> later.arm(one, again));
        }
    }

    // An error that ends this thread does not end those that wait for their turns.
    private void run() {
        boolean done = false;
        try {
            for (Scheduled next = waiting.next(); next != null; next = waiting.next()) {
                publish(next);
            }
            done = true;
        } finally {
            if (!done) {
                start();
            }
        }
    }

    private void publish(Scheduled one) {
        CheckedPayload payload = one.begin();
        if (payload == null) {
            return; // taken back at the last moment
        }
        try {
            one.accepted(publish.publish(payload));
        } catch (Throwable failure) {
            fail(one, failure);
            if (failure instanceof VirtualMachineError) {
                throw failure; // to the uncaught handler, as from every thread of the bus
            }
        } finally {
            boolean unused = Thread.interrupted(); // of a handler, or by a shutdown: not meant for the next one
        }
    }

    // Before its publisher is told, who may look for the line.
    private void fail(Scheduled one, Throwable failure) {
        String reason = failure instanceof EventBusException told ? told.getMessage() : Printable.className(failure);
        LOG.warn("bus '{}': the publish of an event ({}) that was due {} failed: {}", bus, one.type(), one.due(),
                reason);
        one.failed(failure);
    }
}
