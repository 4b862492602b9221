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
import dev.eventbus.internal.deliver.Origin;
import dev.eventbus.internal.deliver.Plan;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Target;
import dev.eventbus.internal.dispatch.SynchronousDispatcher;
import dev.eventbus.internal.event.PayloadType;
import dev.eventbus.internal.route.RouteTable;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PublishOptions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds, redrives and discards dead letters. Thread-safe. */
public final class RedriveStage implements DeadLetters {
    private final Ports ports;
    private final RouteTable routes;
    private final SynchronousDispatcher dispatcher;
    private final DeadLetterSink letters;

    /**
     * Creates the stage.
     *
     * @param ports the clock
     * @param routes who a letter is for
     * @param dispatcher delivers
     * @param letters the letters
     */
    public RedriveStage(Ports ports, RouteTable routes, SynchronousDispatcher dispatcher, DeadLetterSink letters) {
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

    @Override
    public RedriveReport redrive(DeadLetterQuery query) {
        Map<Outcome, Integer> ended = new EnumMap<>(Outcome.class);
        int found = letters.eachHeld(Checks.notNull(query, "query"),
                letter -> ended.merge(redrive(letter), 1, Integer::sum));
        int handled = ended.getOrDefault(Outcome.HANDLED, 0);
        int failed = ended.getOrDefault(Outcome.DEAD_LETTERED, 0);
        return new RedriveReport(handled, failed, found - handled - failed);
    }

    private Outcome redrive(DeadLetter letter) {
        Optional<Target> target = routes.find(letter.subscription())
                .map(subscriber -> subscriber.targetFor(letter.event().payload().getClass()));
        if (target.isEmpty()) {
            return Outcome.OPEN; // nobody to deliver to: the letter stays as it is
        }
        Outcome outcome = dispatcher.redrive(again(letter.event(), target.get()), letter);
        if (outcome == Outcome.HANDLED) {
            letters.forget(letter);
        }
        return outcome;
    }

    private Publication<?> again(EventEnvelope<?> event, Target target) {
        Metadata metadata = event.metadata();
        Plan plan = new Plan(new PayloadType(metadata.type(), metadata.version()), new Target[] {target}, ports);
        return new Publication<>(event.payload(), plan, new Origin(PublishOptions.options(), null, metadata),
                metadata.id().getMostSignificantBits(), metadata.id().getLeastSignificantBits(),
                metadata.timestamp().toEpochMilli(), 0);
    }

    @Override
    public int discard(DeadLetterQuery query) {
        int[] discarded = new int[1];
        letters.eachHeld(Checks.notNull(query, "query"), letter -> discarded[0] += letters.forget(letter) ? 1 : 0);
        return discarded[0];
    }
}
