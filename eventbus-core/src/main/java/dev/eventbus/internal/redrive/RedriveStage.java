/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.redrive;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetters;
import dev.eventbus.deadletter.LetterGroup;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.deadletter.Sequence;
import dev.eventbus.internal.check.Checks;
import dev.eventbus.internal.deadletter.DeadLetterSink;
import dev.eventbus.internal.deliver.DeliveryScope;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Scopes;
import dev.eventbus.internal.deliver.Target;
import dev.eventbus.internal.dispatch.DispatchStage;
import dev.eventbus.internal.route.RouteTable;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds, redrives, edits and discards dead letters. Thread-safe. */
public final class RedriveStage implements DeadLetters {
    private final Ports ports;
    private final RouteTable routes;
    private final DispatchStage dispatcher;
    private final DeadLetterSink letters;
    private final Editing editing;
    private final Pace.Brake brake;
    private final Set<Sequence> inRedrive = ConcurrentHashMap.newKeySet(); // at most one per thread that redrives

    /**
     * Creates the stage.
     *
     * @param ports the clock
     * @param routes who a letter is for
     * @param dispatcher delivers
     * @param letters the letters
     * @param validation throws an {@link dev.eventbus.error.EventBusException} for a payload that could not be published
     */
    public RedriveStage(Ports ports, RouteTable routes, DispatchStage dispatcher, DeadLetterSink letters,
            Consumer<Object> validation) {
        this.ports = ports;
        this.routes = routes;
        this.dispatcher = dispatcher;
        this.letters = letters;
        this.editing = new Editing(ports, routes, validation);
        this.brake = new Pace.Brake(ports);
    }

    /** Ends the redrives that wait for the moment of their next letter, and all later ones that would. */
    public void stop() {
        brake.stop();
    }

    @Override
    public List<DeadLetter> find(DeadLetterQuery query) {
        return letters.find(Checks.notNull(query, "query"));
    }

    @Override
    public int size() {
        return letters.size();
    }

    @Override
    public List<LetterGroup> summary() {
        return Groups.of(letters.find(DeadLetterQuery.all()));
    }

    /* ---------------- redrive ---------------- */

    @Override
    public RedriveReport redrive(DeadLetterQuery query) {
        return redrive(query, null);
    }

    @Override
    public RedriveReport redrive(DeadLetterQuery query, int most, Duration per) {
        return redrive(query, Pace.of(Checks.atLeast(most, 1, "letters"), Checks.positive(per, "per"), ports, brake));
    }

    private RedriveReport redrive(DeadLetterQuery query, @Nullable Pace pace) {
        dispatcher.requireOpenForRedrive();
        Checks.notNull(query, "query");
        if (Scopes.isInside(RedriveStage::isRedrive)) {
            return new RedriveReport(0, 0, letters.find(query).size()); // redrives that redrive would not come to an end
        }
        return new Batch(letters, inRedrive, pace, this::redrive).run(query);
    }

    private static boolean isRedrive(DeliveryScope scope) {
        Publication<?> event = scope.event();
        return event != null && event.isRedrive();
    }

    private Outcome redrive(DeadLetter letter, Batch batch) {
        Optional<Target> target = routes.find(letter.subscription())
                .map(subscriber -> subscriber.targetFor(letter.event().payload().getClass()));
        if (target.isEmpty()) {
            return Outcome.OPEN; // nobody to deliver to: the letter stays as it is
        }
        Publication<?> event = Rounds.again(letter.event(), target.get(), ports);
        try {
            dispatcher.redrive(event, letter);
        } catch (BusClosedException closed) {
            batch.end(); // a shutdown has begun meanwhile
            return Outcome.OPEN;
        } catch (Throwable thrown) { // by what the handler published: the letter itself has its outcome
            batch.threw(thrown);
        }
        return event.outcome(0);
    }

    /* ---------------- discard, edit ---------------- */

    @Override
    public int discard(DeadLetterQuery query, String reason) {
        Checks.name(reason, "reason");
        AtomicInteger discarded = new AtomicInteger();
        for (DeadLetter found : letters.find(Checks.notNull(query, "query"))) {
            boolean unused = letters.holding(found.id(), letter -> {
                if (letters.discard(letter, reason)) {
                    discarded.incrementAndGet();
                }
            });
        }
        return discarded.get();
    }

    @Override
    public boolean edit(UUID letter, Object payload, String reason) {
        Checks.notNull(letter, "letter");
        Checks.notNull(payload, "payload");
        Checks.name(reason, "reason");
        AtomicBoolean edited = new AtomicBoolean();
        boolean unused = letters.holding(letter,
                held -> edited.set(letters.edited(editing.edited(held, payload, reason), reason)));
        return edited.get();
    }
}
