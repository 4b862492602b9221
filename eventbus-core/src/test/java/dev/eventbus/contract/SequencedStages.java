/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.fixture.TestPorts;
import dev.eventbus.idempotency.IdempotencyStore;
import dev.eventbus.internal.deadletter.DeadLetterSink;
import dev.eventbus.internal.deadletter.Retention;
import dev.eventbus.internal.deliver.DeliverStage;
import dev.eventbus.internal.deliver.Given;
import dev.eventbus.internal.deliver.Origin;
import dev.eventbus.internal.deliver.Plan;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.deliver.Target;
import dev.eventbus.internal.dispatch.DispatchStage;
import dev.eventbus.internal.entry.EntryStage;
import dev.eventbus.internal.event.PayloadType;
import dev.eventbus.internal.idempotency.IdempotencyGuard;
import dev.eventbus.internal.lane.LaneStage;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.outcome.Endings;
import dev.eventbus.internal.outcome.Quiet;
import dev.eventbus.internal.publish.PublishStage;
import dev.eventbus.internal.redrive.RedriveStage;
import dev.eventbus.internal.route.RouteTable;
import dev.eventbus.internal.route.Validators;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.runtime.Timers;
import dev.eventbus.publish.NoSubscription;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.EventHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The stages of a bus with synchronous subscriptions whose dead letters are sequenced. For single-threaded tests. */
final class SequencedStages {
    final ManualTime time = new ManualTime();
    final RecordedSignals signals = new RecordedSignals();
    final List<UUID> lost = new ArrayList<>();
    final List<Throwable> causes = new ArrayList<>();
    final DeadLetterSink sink;
    final Endings endings;
    final RedriveStage letters;
    final Retention retention;
    private final Ports ports = TestPorts.of(time, time);
    private final RouteTable routes;
    private final PublishStage publish;
    private int events;

    SequencedStages(DeadLetterStore store) {
        this(store, new Validators());
    }

    SequencedStages(DeadLetterStore store, Validators validators) {
        Signals told = new Signals("b", List.of(signals));
        Timers timers = new Timers("timers", ports);
        retention = new Retention("b", Duration.ofHours(1), ports, timers);
        sink = new DeadLetterSink("b", store, (letter, cause) -> {
            lost.add(letter.event().id());
            causes.add(cause);
        }, told, retention);
        endings = new Endings(ports, told, sink);
        DeliverStage deliver = new DeliverStage(ports, told);
        Quiet quiet = new Quiet();
        EntryStage entries = new EntryStage(endings, sink, new IdempotencyGuard("b", IdempotencyStore.inMemory(1)),
                told);
        LaneStage lanes = new LaneStage("b", ports, timers, deliver, entries, endings, told, quiet);
        DispatchStage dispatch = new DispatchStage("b", 10, 2, ports, told,
                new DispatchStage.Parts(deliver, entries, endings, lanes, quiet));
        routes = new RouteTable("b", ports, validators);
        publish = new PublishStage(new PublishStage.Settings("b", 64, NoSubscription.IGNORE), ports, told, routes,
                dispatch);
        letters = new RedriveStage(ports, routes, dispatch, sink, publish::validate);
    }

    Subscriber subscribe(String name, SequencePolicy policy, EventHandler<? super String> handler) {
        Subscriber subscriber = Given.subscriber(name, spec -> spec.on(String.class, handler).sequenced(policy));
        routes.open(subscriber);
        return subscriber;
    }

    Receipt publish(String payload, String key) {
        PublishOptions options = PublishOptions.options();
        return publish.publish(payload, key == null ? options : options.key(key));
    }

    /** Makes an event for one subscription that has not begun. */
    Publication<String> event(Subscriber subscriber, String payload, String key) {
        Target target = subscriber.targetFor(String.class);
        Origin origin = new Origin(PublishOptions.options().key(key), null, null);
        return new Publication<>(payload, new Plan(PayloadType.of(String.class), new Target[] {target}, ports), origin,
                9, events++, time.wallMillis(), Publication.NOT_MEASURED);
    }

    /** Parks an event behind its sequence, as its lane would. */
    Endings.ParkAnswer follow(Publication<String> event) {
        return endings.parkBehind(event, 0, endings.sequenceOf(event, 0), List.of());
    }
}
