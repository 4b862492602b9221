/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import dev.eventbus.EventBus;
import dev.eventbus.breaker.CircuitBreaker;
import dev.eventbus.breaker.CircuitState;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.idempotency.IdempotencyStore;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.policy.RetryBudgetPolicy;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.PublishRejectedException;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.WouldDeadlockException;
import dev.eventbus.subscribe.Delivery;
import dev.eventbus.subscribe.Subscription;
import dev.eventbus.testkit.HistoryChecker;
import dev.eventbus.testkit.SimulatedMain;
import dev.eventbus.testkit.SimulatedThread;
import dev.eventbus.testkit.SubscriptionKind;
import dev.eventbus.testkit.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * One run of the bus with all that it can do about failure at once, each drawn: breakers, rates, budgets, idempotency,
 * sequences of dead letters and their redrive, batches, times to live, scheduled publishes, stops. Then every promise about
 * them must have been kept. Used once.
 */
final class FailureScenario implements SimulatedMain {
    private static final int PUBLISHERS = 3;
    private static final int TRIES = 25;
    private static final int KEYS = 4;
    private static final int IDS = 12;
    private static final int DEEPEST = 3;
    private static final int MOST_NESTED = 60;
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Faults faults;
    private World world;
    private RandomGenerator random;
    private Recorder recorder;
    private Breaches breaches;
    private Returns returns;
    private Rounds rounds;
    private Accounts accounts;
    private LetterAccounts letters;
    private WatchedLetters store;
    private WatchedKeys keys;
    private AttemptWatch watch;
    private Schedules schedules;
    private EventBus bus;
    private FailureHandlers handlers;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<CircuitBreaker> circuits = new ArrayList<>();
    private int tries;
    private int nested;
    private boolean over;

    FailureScenario(Faults faults) {
        this.faults = faults;
    }

    @Override
    public void run(World simulated) throws Exception {
        world = simulated;
        random = world.scenarioRandom();
        FailureChoices choices = new FailureChoices(random);
        build(choices);
        List<SimulatedThread> publishers = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            int publisher = i;
            publishers.add(world.start("publisher-" + i, () -> publishAll(publisher)));
        }
        FailureOperator operator = new FailureOperator(world, bus, recorder, rounds, schedules, subscriptions, circuits,
                faults);
        List<SimulatedThread> operators = List.of(world.start("operator-0", operator::run),
                world.start("operator-1", operator::run));
        CloseReport early = random.nextInt(3) == 0 ? shutDownSoon() : null;
        for (SimulatedThread publisher : publishers) {
            publisher.join();
        }
        handlers.calm();
        operator.end();
        for (SimulatedThread thread : operators) {
            thread.join();
        }
        if (early == null) {
            comeToRest();
        }
        CloseReport report = shutDown(Duration.ofMinutes(5));
        breaches.unless(early == null ? report.returned().isEmpty() : early.equals(report),
                "another report: " + report);
        world.sleep(PATIENCE); // for handlers that a shutdown has left behind
        check(report);
    }

    /* ---------------- the bus ---------------- */

    private void build(FailureChoices choices) {
        recorder = new Recorder(world, faults);
        breaches = new Breaches(world);
        returns = new Returns(recorder, breaches);
        rounds = new Rounds(recorder, returns, breaches);
        accounts = new Accounts(breaches);
        letters = new LetterAccounts(faults, breaches);
        schedules = new Schedules(recorder, faults, breaches, random);
        store = new WatchedLetters(DeadLetterStore.inMemory(random.nextInt(3) == 0 ? 20 : 500, 1 + random.nextInt(8)),
                world, letters);
        keys = new WatchedKeys(IdempotencyStore.inMemory(random.nextInt(3) == 0 ? 12 : 500, world.time()), world,
                faults,
                breaches);
        RetryBudgetPolicy budget = choices.budget();
        watch = new AttemptWatch(world, faults, breaches, rounds, keys, store.still(), new Bucket(budget.rate()));
        handlers = new FailureHandlers(world, recorder, returns, watch, this::publishNested);
        FailureChoices.Breaker shared = choices.breaker();
        var builder = EventBus.builder("b").clocks(world.time()).runtime(world.runtime()).random(world.random())
                .observe(rounds).observe(watch).observe(recorder).observe(accounts).observe(letters)
                .maxDepth(DEEPEST + 1).pendingLimit(1 + random.nextInt(32)).scheduledLimit(1 + random.nextInt(10))
                .deadLetters(store).lastResort(store).idempotency(keys).retryBudget(budget)
                .circuitBreaker(FailureChoices.SHARED, shared.policy());
        if (random.nextInt(3) == 0) {
            builder.deadLetterRetention(Duration.ofMillis(5 + random.nextInt(100)));
        }
        bus = builder.build();
        watch.circuit(FailureChoices.SHARED, shared.permits());
        circuits.add(bus.circuitBreaker(FailureChoices.SHARED));
        for (SubscriptionKind kind : SubscriptionKind.values()) {
            subscribe(choices, choices.feature(kind.name(), kind));
        }
    }

    private void subscribe(FailureChoices choices, Feature feature) {
        // Within a batch nobody waits for the end of the one before.
        recorder.add(feature.name(), feature.batch() > 1 ? SubscriptionKind.UNORDERED : feature.kind());
        watch.watch(feature);
        if (feature.ownBreaker() != null) {
            watch.circuit(feature.name(), feature.ownBreaker().permits());
        }
        Subscription added = bus.subscribe(feature.name(), s -> {
            choices.apply(feature, s);
            if (feature.batch() > 1) {
                s.handleBatch(Told.class, feature.batch(), Duration.ofMillis(random.nextInt(5)),
                        batch -> handlers.handle(feature, batch));
            } else {
                s.onEvent(Told.class, delivery -> handlers.handle(feature, List.of(delivery)));
            }
        });
        if (feature.hasLanes()) {
            subscriptions.add(added);
        }
        if (feature.ownBreaker() != null) {
            circuits.add(bus.circuitBreaker(feature.name()));
        }
    }

    /* ---------------- publishers ---------------- */

    private void publishAll(int publisher) throws InterruptedException {
        for (int i = 0; i < TRIES && !over; i++) {
            tries++;
            int key = random.nextInt(KEYS);
            if (random.nextInt(8) == 0) {
                schedules.schedule(bus, publisher, key, Duration.ofMillis(random.nextInt(60)));
            } else {
                Receipt receipt = publish(publisher, -1, key, 0);
                if (receipt != null && random.nextInt(8) == 0) {
                    receipt.await(Duration.ofMillis(random.nextInt(50)));
                }
            }
            if (random.nextInt(3) == 0) {
                world.sleep(Duration.ofNanos(random.nextInt(6_000_000)));
            }
        }
    }

    private Receipt publish(int publisher, int parent, int key, int depth) {
        int number = parent < 0
                ? recorder.history().publishing(publisher, key)
                : recorder.history().publishing(publisher, key, parent);
        try {
            Receipt receipt = bus.publish(new Told(number, key, depth), options(number, key));
            recorder.accepted(number, receipt.outcomes().keySet());
            faults.count("accepted");
            return receipt;
        } catch (PublishRejectedException | WouldDeadlockException rejection) {
            recorder.history().rejected(number);
            return null;
        }
    }

    private PublishOptions options(int number, int key) {
        PublishOptions options = random.nextInt(8) == 0 ? PublishOptions.options() : PublishOptions.options().key(key);
        if (random.nextInt(3) == 0) {
            options = options.id(new UUID(0x7000L, 0x8000_0000_0000_0000L + random.nextInt(IDS)));
        }
        if (random.nextInt(6) == 0) {
            Duration life = Duration.ofMillis(1 + random.nextInt(40));
            watch.expires(number, life);
            options = options.expiresAfter(life);
        }
        return options;
    }

    private void publishNested(Delivery<Told> delivery) {
        Told told = delivery.payload();
        if (told.depth() < DEEPEST && nested < MOST_NESTED) {
            nested++;
            faults.count("nested");
            Receipt unused = publish(9, told.number(), random.nextInt(KEYS), told.depth() + 1);
        }
    }

    /* ---------------- the end ---------------- */

    private CloseReport shutDownSoon() throws InterruptedException {
        int when = 1 + random.nextInt(PUBLISHERS * TRIES);
        world.await("try " + when, () -> tries >= when, PATIENCE);
        faults.count("early shutdown");
        return shutDown(Duration.ofMillis(random.nextInt(3) == 0 ? 0 : random.nextInt(100)));
    }

    private CloseReport shutDown(Duration deadline) {
        over = true;
        watch.shutdownBegins();
        CloseReport report = bus.shutdown(deadline);
        watch.shutdownIsOver();
        return report;
    }

    // Only what waits for somebody is helped along: whatever time alone must bring back has to come back by itself.
    private void comeToRest() throws InterruptedException {
        for (CircuitBreaker circuit : circuits) {
            if (circuit.state() == CircuitState.FORCED_OPEN) {
                circuit.reset();
            }
        }
        subscriptions.forEach(Subscription::resume);
        while (bus.deadLetters().size() > 0) {
            int unused = bus.deadLetters().discard(DeadLetterQuery.all(), "the end");
            world.sleep(Duration.ofSeconds(1));
        }
        world.await("every delivery has ended", () -> accounts.open() == 0, PATIENCE);
        world.awaitIdle();
        circuits.forEach(watch::rests);
        breaches.unless(bus.drain(Duration.ofMinutes(1)), "not drained");
    }

    private void check(CloseReport report) {
        returns.check(report);
        schedules.check(report);
        letters.check(store.still());
        accounts.check(bus.inspect().metrics());
        keys.checkEnd();
        breaches.assertNone();
        HistoryChecker.check(recorder.history()).assertNone();
    }
}
