/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import dev.eventbus.EventBus;
import dev.eventbus.breaker.CircuitBreaker;
import dev.eventbus.breaker.CircuitState;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.error.EventBusException;
import dev.eventbus.subscribe.Subscription;
import dev.eventbus.testkit.SubscriptionKind;
import dev.eventbus.testkit.World;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What operators do to a bus while it runs. Used by several threads of one simulation. */
final class FailureOperator {
    private final World world;
    private final RandomGenerator random;
    private final EventBus bus;
    private final Recorder recorder;
    private final Rounds rounds;
    private final Schedules schedules;
    private final List<Subscription> subscriptions;
    private final List<CircuitBreaker> circuits;
    private final Faults faults;
    private boolean ending;
    private int running;

    FailureOperator(World world, EventBus bus, Recorder recorder, Rounds rounds, Schedules schedules,
            List<Subscription> subscriptions, List<CircuitBreaker> circuits,
            Faults faults) {
        this.world = world;
        this.random = world.scenarioRandom();
        this.bus = bus;
        this.recorder = recorder;
        this.rounds = rounds;
        this.schedules = schedules;
        this.subscriptions = subscriptions;
        this.circuits = circuits;
        this.faults = faults;
    }

    void run() throws InterruptedException {
        running++;
        while (!ending) {
            world.sleep(Duration.ofNanos(random.nextInt(8_000_000)));
            try {
                act();
            } catch (EventBusException refused) {
                faults.count("operator refused");
            }
        }
        running--;
    }

    /** Lets the operators come to their ends, and what they wait for. */
    void end() throws InterruptedException {
        ending = true;
        while (running > 0) {
            circuits.stream().filter(circuit -> circuit.state() == CircuitState.FORCED_OPEN)
                    .forEach(CircuitBreaker::reset);
            subscriptions.forEach(Subscription::resume);
            world.sleep(Duration.ofMillis(5));
        }
    }

    private void act() throws InterruptedException {
        Subscription subscription = subscriptions.get(random.nextInt(subscriptions.size()));
        switch (random.nextInt(20)) {
            case 0 -> pause(subscription);
            case 1 -> pauseKey();
            case 2 -> force(CircuitBreaker::forceOpen, "forced open");
            case 3 -> force(CircuitBreaker::forceClosed, "forced closed");
            case 4, 5 -> force(CircuitBreaker::reset, "reset");
            case 6, 7, 8 -> redrive(() -> bus.deadLetters().redrive(meant()));
            case 9 ->
                redrive(() -> bus.deadLetters().redrive(meant(), 1 + random.nextInt(5), Duration.ofMillis(5)));
            case 10 -> discard();
            case 11, 12 -> edit();
            case 13, 14 -> schedules.cancelSome();
            case 15 -> faults.count("drained", bus.drain(Duration.ofMillis(random.nextInt(20))) ? 1 : 0);
            case 16 -> faults.count("health", bus.inspect().health().reasons().size());
            case 17 -> close(subscription);
            default -> subscriptions.forEach(Subscription::resume);
        }
    }

    private void pause(Subscription subscription) throws InterruptedException {
        subscription.pause();
        faults.count("paused");
        world.sleep(Duration.ofMillis(random.nextInt(20)));
        subscription.resume();
    }

    private void pauseKey() throws InterruptedException {
        Subscription keyed = subscriptions.get(SubscriptionKind.KEYED.ordinal());
        int key = random.nextInt(4);
        keyed.pause(key);
        faults.count("key paused");
        world.sleep(Duration.ofMillis(random.nextInt(20)));
        keyed.resume(key);
    }

    private void force(Consumer<CircuitBreaker> how, String what) {
        how.accept(circuits.get(random.nextInt(circuits.size())));
        faults.count(what);
    }

    private void close(Subscription subscription) {
        if (random.nextInt(6) == 0) {
            subscription.close();
            faults.count("closed");
        }
    }

    /* ---------------- letters ---------------- */

    private void redrive(Supplier<RedriveReport> redrive) {
        rounds.redriveBegins();
        try {
            RedriveReport report = redrive.get();
            faults.count("redrive handled", report.handled());
            faults.count("redrive failed", report.failed());
            faults.count("redrive skipped", report.skipped());
        } finally {
            rounds.redriveEnds();
        }
    }

    private DeadLetterQuery meant() {
        List<DeadLetter> all = bus.deadLetters().find(DeadLetterQuery.all());
        DeadLetterQuery query = DeadLetterQuery.all().matching(this::isOverInItsPublisher);
        if (all.isEmpty()) {
            return query;
        }
        DeadLetter one = all.get(random.nextInt(all.size()));
        return switch (random.nextInt(4)) {
            case 0 -> query.letter(one.id());
            case 1 -> one.sequence().map(sequence -> sequence.key() == null
                    ? query.sequence(sequence.subscription())
                    : query.sequence(sequence.subscription(), sequence.key())).orElse(query);
            case 2 -> query.subscription(one.subscription()).limit(1 + random.nextInt(5));
            default -> query;
        };
    }

    // A letter of an event that is still on its way is excepted from O-3, and what its handler publishes with it.
    private boolean isOverInItsPublisher(DeadLetter letter) {
        return recorder.ends(SubscriptionKind.SYNCHRONOUS.name(), ((Told) letter.event().payload()).number()) > 0;
    }

    private void discard() {
        faults.count("discarded", bus.deadLetters().discard(meant(), "known"));
    }

    private void edit() {
        for (DeadLetter letter : bus.deadLetters().find(meant().limit(3))) {
            Told told = (Told) letter.event().payload();
            boolean edited = bus.deadLetters().edit(letter.id(),
                    new Told(told.number(), told.key(), FailureHandlers.EDITED), "healed");
            faults.count("edited", edited ? 1 : 0);
        }
    }
}
