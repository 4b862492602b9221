/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.replay;

import dev.eventbus.EventBus;
import dev.eventbus.event.Metadata;
import dev.eventbus.examples.revenue.analytics.AnalyticsHandlers;
import dev.eventbus.examples.revenue.analytics.RevenueAnalytics;
import dev.eventbus.examples.revenue.app.check.Figures;
import dev.eventbus.examples.revenue.app.eventfile.EventFileEnded;
import dev.eventbus.examples.revenue.app.eventfile.EventFileException;
import dev.eventbus.examples.revenue.app.eventfile.EventLines;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.PaymentRefunded;
import dev.eventbus.examples.revenue.event.RecognitionDue;
import dev.eventbus.examples.revenue.event.RevenueEvent;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.PublishRejectedException;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads a file of events: hands on what revenue is made of, and adds up what the file says that revenue is.
 *
 * <p>Events keep their ids, times, operations and causes. One that stands in the file twice, since it was published twice, is
 * handed on twice, for the subscription to recognise, and added up once. Holds an id per event and one line. Not thread-safe.
 */
public final class Replay {
    private final EventPublisher bus;
    private final EventPublisher others;
    private final RevenueAnalytics announced = new RevenueAnalytics();
    private final Set<String> numbers = new HashSet<>();
    private final Causes causes = new Causes();
    private long events;
    private long promised = -1; // no end was read
    private boolean altered;
    private long afterEnd;

    /**
     * Creates a replay.
     *
     * @param bus hands events to the handlers of an empty repository
     * @param others a bus of its own for the events that no revenue is made of, so that they meet the rules too; it delivers
     *     in the publisher's thread
     */
    public Replay(EventPublisher bus, EventBus others) {
        this.bus = bus;
        this.others = others;
        others.subscribe(RevenueEvent.class, "announced", new AnalyticsHandlers(announced)::changed);
    }

    /**
     * Reads a whole file.
     *
     * @param file its lines
     * @throws EventFileException if a line cannot be read, or the bus refuses its event
     */
    public void read(EventLines file) {
        for (EventLines.Line line = file.next(); line != null; line = file.next()) {
            if (promised >= 0) {
                afterEnd++;
            } else if (line.event().payload() instanceof EventFileEnded ended) {
                promised = ended.events();
                altered = !ended.sha256().equals(file.sumBefore());
            } else {
                take(file, line);
            }
        }
    }

    private void take(EventLines file, EventLines.Line line) {
        events++;
        Object payload = line.event().payload();
        boolean first = causes.add(line.event().metadata());
        if (makesRevenue(payload)) {
            handOn(bus, file, line);
        } else if (first) {
            handOn(others, file, line);
        }
        if (payload instanceof RevenueEvent revenue) {
            numbers.add(revenue.document().number());
        }
    }

    // Deadlines stand in the file, so that nobody has to wait for them once more.
    private static boolean makesRevenue(Object payload) {
        return payload instanceof InvoiceEvent || payload instanceof PaymentRefunded
                || payload instanceof RecognitionDue;
    }

    private static void handOn(EventPublisher to, EventLines file, EventLines.Line line) {
        try {
            to.publish(line.event().payload(), options(line.event().metadata()));
        } catch (PublishRejectedException refused) {
            throw EventFileException.refused(file.name(), line.number(), refused);
        }
    }

    private static PublishOptions options(Metadata event) {
        PublishOptions options = PublishOptions.options().id(event.id()).timestamp(event.timestamp())
                .correlationId(event.correlationId());
        if (event.causationId() != null) {
            options = options.causationId(event.causationId());
        }
        return event.key() == null ? options : options.key(event.key());
    }

    /**
     * Counts what was read.
     *
     * @return events, repeated ones included, without the end
     */
    public long events() {
        return events;
    }

    long promised() {
        return promised;
    }

    /** Tells whether the file says at its end that something else stood in it. */
    boolean altered() {
        return altered;
    }

    long afterEnd() {
        return afterEnd;
    }

    /** Counts the invoices of which the file says something about revenue. */
    int accounts() {
        return numbers.size();
    }

    /**
     * Returns what the file says that revenue is.
     *
     * @return sums of its revenue events, each counted once
     */
    public Figures announced() {
        return Figures.announced(announced);
    }

    Causes causes() {
        return causes;
    }
}
