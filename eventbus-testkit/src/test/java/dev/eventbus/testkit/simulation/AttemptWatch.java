/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import dev.eventbus.breaker.CircuitBreaker;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.Sequence;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.Signal;
import dev.eventbus.subscribe.Delivery;
import dev.eventbus.testkit.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges each call of a handler: whether it may begin here and now. Confined to one simulation. */
final class AttemptWatch implements BusObserver {
    /** One call of a handler, and what it was let in by. */
    record Call(Feature feature, List<Delivery<Told>> deliveries, long atNanos, int phase) {}

    private final World world;
    private final Faults faults;
    private final Breaches breaches;
    private final Rounds rounds;
    private final WatchedKeys keys;
    private final DeadLetterStore letters;
    private final long startMillis;
    private final Map<String, Circuit> circuits = new HashMap<>();
    private final Map<String, Bucket> rates = new HashMap<>();
    private final Map<String, Feature> features = new HashMap<>();
    private final Map<String, Duration> lives = new HashMap<>(); // of events, by id
    private final Map<String, Throwable> failures = new HashMap<>(); // the last one of each delivery
    private final Map<String, Long> due = new HashMap<>(); // when the next attempt of a delivery may begin
    private final Bucket budget;
    private boolean shutting;
    private boolean over;

    AttemptWatch(World world, Faults faults, Breaches breaches, Rounds rounds, WatchedKeys keys,
            DeadLetterStore letters,
            Bucket budget) {
        this.world = world;
        this.faults = faults;
        this.breaches = breaches;
        this.rounds = rounds;
        this.keys = keys;
        this.letters = letters;
        this.budget = budget;
        this.startMillis = world.time().wallMillis() - world.elapsed().toMillis();
    }

    void circuit(String name, int permits) {
        circuits.put(name, new Circuit(name, permits, breaches));
    }

    void rests(CircuitBreaker breaker) {
        faults.count("rests " + breaker.state());
        circuits.get(breaker.name()).rests(breaker);
    }

    void watch(Feature feature) {
        features.put(feature.name(), feature);
        if (feature.rate() != null) {
            rates.put(feature.name(), new Bucket(feature.rate()));
        }
    }

    void expires(int event, Duration life) {
        lives.put("" + event, life);
    }

    void shutdownBegins() {
        shutting = true;
    }

    void shutdownIsOver() {
        over = true;
    }

    /* ---------------- calls ---------------- */

    Call begins(Feature feature, List<Delivery<Told>> deliveries) {
        long now = world.elapsed().toNanos();
        breaches.unless(!over, "an attempt begins after the shutdown: " + feature.name() + deliveries.getFirst());
        Circuit circuit = feature.circuit() == null ? null : circuits.get(feature.circuit());
        int phase = circuit == null ? 0 : circuit.begins(now);
        if (feature.rate() != null) {
            breaches.unless(rates.get(feature.name()).gives(now), "faster than the rate: " + feature);
        }
        faults.count(deliveries.size() > 1 ? "batch of several" : "one alone");
        deliveries.forEach(delivery -> begins(feature, delivery));
        return new Call(feature, deliveries, now, phase);
    }

    private void begins(Feature feature, Delivery<Told> delivery) {
        int event = delivery.payload().number();
        boolean redriven = rounds.begins(feature.name(), event, delivery.attempt());
        Long dueNanos = due.remove(feature.name() + event);
        breaches.unless(dueNanos == null || dueNanos <= world.elapsed().toNanos(), "a retry too early: " + delivery);
        Sequence sequence = feature.sequence(delivery);
        if (sequence != null && !(redriven && isAlone(feature, event))) {
            isInTurn(feature, delivery, sequence, redriven);
        }
        if (!redriven && lives.containsKey("" + event)) {
            Instant end = delivery.event().metadata().timestamp().plus(lives.get("" + event));
            breaches.unless(!wallTime().isAfter(end), "an attempt after its time: " + delivery);
        }
        String key = feature.idempotencyKey(delivery);
        if (key != null) {
            keys.begins(feature.name(), key);
        }
    }

    // One that found no place is in no sequence.
    private boolean isAlone(Feature feature, int event) {
        return letters.find(DeadLetterQuery.all().subscription(feature.name())).stream()
                .anyMatch(letter -> ((Told) letter.event().payload()).number() == event && !letter.sequenced());
    }

    // Threads that publish at once are in no order on the synchronous dispatcher: there, what was parked at this moment
    // does not count.
    private void isInTurn(Feature feature, Delivery<Told> delivery, Sequence sequence, boolean redriven) {
        Optional<DeadLetter> head = letters.head(sequence);
        boolean inTurn = redriven
                ? head.isPresent() && ((Told) head.get().event().payload()).number() == delivery.payload().number()
                : head.isEmpty();
        boolean concurrent = !feature.hasLanes() && head.isPresent()
                && !head.get().at().isBefore(wallTime());
        breaches.unless(inTurn || concurrent,
                "redriven=" + redriven + ", out of turn: " + delivery + " in " + sequence + ", head " + head);
    }

    private Instant wallTime() {
        return Instant.ofEpochMilli(startMillis + world.elapsed().toMillis());
    }

    void ends(Call call, @Nullable Throwable failure) {
        Feature feature = call.feature();
        faults.count(failure != null && call.deliveries().size() > 1 ? "batch halved" : "call ended");
        long ran = world.elapsed().toNanos() - call.atNanos();
        boolean inTime = feature.timeout() == null || ran < feature.timeout().toNanos();
        for (Delivery<Told> delivery : call.deliveries()) {
            String key = feature.idempotencyKey(delivery);
            if (key != null) {
                keys.ends(feature.name(), key, failure == null && inTime && !shutting,
                        feature.idempotent().retention());
            }
        }
        boolean maybeIgnored = failure instanceof Planted.Ignored
                && (feature.timeout() == null || ran <= feature.timeout().toNanos());
        if (feature.circuit() != null && (maybeIgnored || shutting)) {
            circuits.get(feature.circuit()).cameBack(call.phase());
        }
    }

    /* ---------------- signals ---------------- */

    @Override
    public void onSignal(Signal signal) {
        long now = world.elapsed().toNanos();
        switch (signal) {
            case Signal.CircuitChanged changed -> {
                circuits.get(changed.circuit()).changed(changed.to(), now);
                faults.count("circuit " + changed.to());
            }
            case Signal.SubscriptionStopped stopped -> faults.count("stopped");
            case Signal.AttemptFailed failed -> failures.put(name(failed.subscription(), failed.event()),
                    failed.failure());
            case Signal.RetryScheduled retry -> retries(retry, now);
            case Signal.Settled end -> due.remove(name(end.subscription(), end.event()));
            default -> {
                // Not of attempts.
            }
        }
    }

    private static String name(String subscription, EventEnvelope<?> event) {
        return subscription + ((Told) event.payload()).number();
    }

    private void retries(Signal.RetryScheduled retry, long now) {
        due.put(name(retry.subscription(), retry.event()), now + retry.delay().toNanos());
        if (features.get(retry.subscription()).retry().budget().isPresent()) {
            breaches.unless(budget.gives(now), "a retry beyond the budget: " + retry);
        }
        if (failures.get(name(retry.subscription(), retry.event())) instanceof Planted.Busy) {
            faults.count("asked to wait");
            breaches.unless(retry.delay().equals(Planted.Busy.AFTER), "not when it was asked to: " + retry);
        }
    }
}
