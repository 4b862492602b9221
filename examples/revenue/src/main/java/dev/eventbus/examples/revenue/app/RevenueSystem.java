/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.examples.revenue.app.fault.RepeatingPublisher;
import dev.eventbus.examples.revenue.app.fault.TaxOutage;
import dev.eventbus.examples.revenue.app.scenario.Almanac;
import dev.eventbus.examples.revenue.app.scenario.DatedPublisher;
import dev.eventbus.examples.revenue.app.watch.Journal;
import dev.eventbus.examples.revenue.app.watch.Latency;
import dev.eventbus.examples.revenue.app.watch.RetryDiary;
import dev.eventbus.examples.revenue.app.watch.Turns;
import dev.eventbus.examples.revenue.notification.Outbox;
import dev.eventbus.examples.revenue.operation.RefusedException;
import dev.eventbus.examples.revenue.revenue.RevenueService;
import dev.eventbus.examples.revenue.revenue.RevisionOutOfOrderException;
import dev.eventbus.examples.revenue.tax.TaxServiceDownException;
import dev.eventbus.examples.revenue.tax.TaxTable;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.spi.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * All layers around one bus, with those who watch it and whatever faults the settings ask for.
 *
 * <p>No operation has to wait for a handler to be right, on virtual threads neither. An invoice is changed by operations, by
 * payments and by deadlines, one at a time. The account of an invoice is written and read by the handlers of its events, one
 * after the other. Sums and addresses belong to the one handler that needs them. Checks and reports read all of it, when the
 * bus is at rest.
 */
final class RevenueSystem implements AutoCloseable {
    /** Name of the circuit breaker that whoever needs the tax service shares. */
    static final String TAX = "tax";

    // On the publisher's thread all that comes while the tax service is down is parked, each invoice a sequence of its own.
    private static final int MOST_DEAD_LETTERS = 100_000;

    private final Journal journal = new Journal();
    private final Latency latency = new Latency();
    private final RetryDiary diary = new RetryDiary();
    private final Turns turns = new Turns(Subscriptions.REVENUE);
    private final Books books;
    private final TaxOutage taxRates;
    private final EventBus bus;
    private final Almanac almanac;
    private final Layers layers;

    /**
     * Puts a system together.
     *
     * @param settings what the user asked for
     * @param outbox takes the mails
     * @param observers who watches the bus besides
     */
    RevenueSystem(Settings settings, Outbox outbox, List<? extends BusObserver> observers) {
        this.books = Books.of(settings);
        this.taxRates = new TaxOutage(new TaxTable(), settings.faults().outage(), Clocks.system());
        this.bus = bus(settings, observers);
        this.almanac = new Almanac(bus, Instant.EPOCH);
        EventPublisher dated = new DatedPublisher(bus, almanac);
        this.layers = new Layers(entrances(settings, dated));
        layers.subscribe(new Subscriptions(bus, settings.dispatch()), new RevenueService(books.met(), taxRates), dated,
                almanac,
                outbox);
    }

    private EventBus bus(Settings settings, List<? extends BusObserver> observers) {
        EventBusBuilder builder = new Validators().register(builder(settings.dispatch(), retry(settings.faults())))
                .observe(journal)
                .observe(latency)
                .observe(diary)
                .observe(turns);
        observers.forEach(builder::observe);
        return builder.build();
    }

    /** Begins a bus on which revenue can be recognised. */
    static EventBusBuilder builder(DispatchMode dispatch, RetryPolicy retry) {
        return EventBus.builder("revenue")
                .dispatch(dispatch.dispatch())
                .retry(retry)
                .deadLetters(DeadLetterStore.inMemory(MOST_DEAD_LETTERS, MOST_DEAD_LETTERS))
                .circuitBreaker(TAX, taxBreaker());
    }

    private static RetryPolicy retry(Faults faults) {
        RetryPolicy policy = faults.failures() > 0
                ? RetryPolicy.fixed(Duration.ofMillis(1)).maxAttempts(8)
                : RetryPolicy.exponential(Duration.ofMillis(4), Duration.ofMillis(20)).maxAttempts(4);
        return policy.abortOn(RevisionOutOfOrderException.class).abortOn(RefusedException.class);
    }

    // Opens at the second failure in a row, since an attempt more would only be used up; other failures say nothing about it.
    static CircuitBreakerPolicy taxBreaker() {
        return CircuitBreakerPolicy.failureRate(0.5).window(4)
                .openFor(Duration.ofMillis(50), Duration.ofMillis(400)).halfOpen(1)
                .recordOn(TaxServiceDownException.class);
    }

    private Supplier<EventPublisher> entrances(Settings settings, EventPublisher dated) {
        Faults faults = settings.faults();
        EventPublisher door = faults.plant() == null ? dated : faults.plant().before(dated);
        EventPublisher all = faults.duplicates() > 0 ? new RepeatingPublisher(door, faults.duplicates()) : door;
        return () -> new PatientPublisher(all, settings.clients(), () -> bus.currentDelivery().isPresent());
    }

    Layers layers() {
        return layers;
    }

    Almanac almanac() {
        return almanac;
    }

    Books books() {
        return books;
    }

    EventBus bus() {
        return bus;
    }

    Journal journal() {
        return journal;
    }

    Latency latency() {
        return latency;
    }

    RetryDiary diary() {
        return diary;
    }

    Turns turns() {
        return turns;
    }

    /** Takes away what made events fail, as an operator would before a redrive. */
    void mend() {
        books.mend().run();
        taxRates.mend();
        bus.circuitBreaker(TAX).reset();
    }

    @Override
    public void close() {
        bus.close();
    }
}
