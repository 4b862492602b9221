/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.redrive;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetters;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.internal.check.Checks;
import dev.eventbus.internal.deadletter.DeadLetterSink;
import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.Origin;
import dev.eventbus.internal.deliver.Plan;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Scopes;
import dev.eventbus.internal.deliver.Target;
import dev.eventbus.internal.dispatch.DispatchStage;
import dev.eventbus.internal.event.PayloadType;
import dev.eventbus.internal.route.RouteTable;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PublishOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Finds, redrives and discards dead letters. Thread-safe. */
public final class RedriveStage implements DeadLetters {
    private final Ports ports;
    private final RouteTable routes;
    private final DispatchStage dispatcher;
    private final DeadLetterSink letters;

    /**
     * Creates the stage.
     *
     * @param ports the clock
     * @param routes who a letter is for
     * @param dispatcher delivers
     * @param letters the letters
     */
    public RedriveStage(Ports ports, RouteTable routes, DispatchStage dispatcher, DeadLetterSink letters) {
        this.ports = ports;
        this.routes = routes;
        this.dispatcher = dispatcher;
        this.letters = letters;
    }

    @Override
    public List<DeadLetter> find(DeadLetterQuery query) {
        return letters.find(Checks.notNull(query, "query"));
    }

    @Override
    public int size() {
        return letters.size();
    }

    private static boolean isRedrive(DeliveryScope scope) {
        Publication<?> event = scope.event();
        return event != null && event.isRedrive();
    }

    @Override
    public RedriveReport redrive(DeadLetterQuery query) {
        dispatcher.requireOpenForRedrive();
        Checks.notNull(query, "query");
        if (Scopes.isInside(RedriveStage::isRedrive)) {
            return new RedriveReport(0, 0, letters.find(query).size()); // redrives that redrive would not come to an end
        }
        Batch batch = new Batch();
        int found = 0;
        try {
            found = letters.eachHeld(query, letter -> batch.count(redrive(letter, batch)));
        } catch (Throwable broken) { // of the store
            batch.threw(broken);
        }
        batch.rethrow();
        return new RedriveReport(batch.handled, batch.failed, found - batch.handled - batch.failed);
    }

    private Outcome redrive(DeadLetter letter, Batch batch) {
        Optional<Target> target = routes.find(letter.subscription())
                .map(subscriber -> subscriber.targetFor(letter.event().payload().getClass()));
        if (target.isEmpty()) {
            return Outcome.OPEN; // nobody to deliver to: the letter stays as it is
        }
        Publication<?> event = again(letter.event(), target.get());
        try {
            dispatcher.redrive(event, letter);
        } catch (BusClosedException closed) {
            return Outcome.OPEN; // a shutdown has begun meanwhile
        } catch (Throwable thrown) { // by what the handler published: the letter itself has its outcome
            batch.threw(thrown);
        }
        if (event.outcome(0) == Outcome.HANDLED) {
            letters.forget(letter);
        }
        return event.outcome(0);
    }

    /** The letters of one call so far. Confined to the calling thread. */
    private static final class Batch {
        private int handled;
        private int failed;
        private @Nullable Throwable thrown;

        void count(Outcome outcome) {
            handled += outcome == Outcome.HANDLED ? 1 : 0;
            failed += outcome == Outcome.DEAD_LETTERED ? 1 : 0;
        }

        void threw(Throwable more) {
            if (thrown == null) {
                thrown = more;
            } else if (!thrown.equals(more)) {
                thrown.addSuppressed(more);
            }
        }

        void rethrow() {
            switch (thrown) {
                case Error error -> throw error;
                case RuntimeException exception -> throw exception;
                case null, default -> {
                    // Nothing else can be thrown there: a redrive declares no checked exception.
                }
            }
        }
    }

    private Publication<?> again(EventEnvelope<?> event, Target target) {
        Metadata metadata = event.metadata();
        Plan plan = new Plan(new PayloadType(metadata.type(), metadata.version()), new Target[] {target}, ports);
        return new Publication<>(event.payload(), plan, new Origin(PublishOptions.options(), null, metadata),
                metadata.id().getMostSignificantBits(), metadata.id().getLeastSignificantBits(),
                metadata.timestamp().toEpochMilli(), Publication.NOT_MEASURED);
    }

    @Override
    public int discard(DeadLetterQuery query) {
        AtomicInteger discarded = new AtomicInteger();
        letters.eachHeld(Checks.notNull(query, "query"), letter -> {
            if (letters.forget(letter)) {
                discarded.incrementAndGet();
            }
        });
        return discarded.get();
    }
}
