/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.Sequence;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.idempotency.IdempotencyStore;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.PublishRejectedException;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.WouldDeadlockException;
import dev.eventbus.subscribe.Delivery;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import dev.eventbus.subscribe.Subscription;
import dev.eventbus.testkit.DeliveryEnd;
import dev.eventbus.testkit.History;
import dev.eventbus.testkit.HistoryChecker;
import dev.eventbus.testkit.RecordedSubscription;
import dev.eventbus.testkit.SimulatedMain;
import dev.eventbus.testkit.SimulatedThread;
import dev.eventbus.testkit.SubscriptionKind;
import dev.eventbus.testkit.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A small run whose end is known exactly: when nothing fails any more all that waits is handled, all letters can be redriven,
 * and the shutdown has nothing to return. The one of the lanes has more interleavings; here nothing heals what was lost, since
 * little is published and nobody publishes again in the end. Used once.
 */
final class ExactScenario implements SimulatedMain, BusObserver {
    private static final int PUBLISHERS = 2;
    private static final int EVENTS = 20;
    private static final int KEYS = 3;
    private static final Duration TIMEOUT = Duration.ofMillis(20);
    private static final Duration DELAY = Duration.ofMillis(3);
    private static final Duration LONG = Duration.ofHours(1);
    private static final List<String> NAMES = List.of("keyed", "serial", "guarded");

    private final List<String> complaints = new ArrayList<>();
    private final History history = new History();
    private final Map<String, RecordedSubscription> recorded = new HashMap<>();
    private final Map<String, Long> dueNanos = new HashMap<>(); // of retries, by delivery
    private final Set<String> timedOut = new HashSet<>(); // attempts
    private final Set<String> handled = new HashSet<>(); // the same
    private final Map<String, String> returned = new HashMap<>(); // attempts whose handler has returned, by delivery
    private final Set<String> again = new HashSet<>(); // those after which another one began
    private final Set<String> ended = new HashSet<>(); // deliveries
    private final Set<Integer> running = new HashSet<>(); // idempotency keys
    private final Set<Integer> done = new HashSet<>(); // the same
    private World world;
    private RandomGenerator random;
    private SteppedLetters letters;
    private EventBus bus;
    private EventBus other;
    private boolean failing = true;
    private boolean redriving;

    @Override
    public void run(World simulated) throws Exception {
        world = simulated;
        random = world.scenarioRandom();
        letters = new SteppedLetters(world, complaints::add);
        IdempotencyStore claims = IdempotencyStore.inMemory(1_000, world.time());
        bus = bus("b", claims);
        other = bus("o", claims);
        List<Subscription> subscriptions = subscribe();
        List<SimulatedThread> threads = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            int publisher = i;
            threads.add(world.start("publisher-" + i, () -> publishAll(publisher)));
        }
        threads.add(world.start("operator", () -> operate(subscriptions.getFirst())));
        for (SimulatedThread thread : threads) {
            thread.join();
        }
        end();
    }

    private EventBus bus(String name, IdempotencyStore claims) {
        return EventBus.builder(name).clocks(world.time()).runtime(world.runtime()).random(world.random())
                .idempotency(claims)
                .deadLetters(name.equals("b") ? letters : new SteppedLetters(world, complaints::add))
                .retry(RetryPolicy.fixed(DELAY).maxAttempts(1 + random.nextInt(3))).observe(this).build();
    }

    private List<Subscription> subscribe() {
        recorded.put("keyed", history.subscription("keyed", SubscriptionKind.KEYED));
        recorded.put("serial", history.subscription("serial", SubscriptionKind.SERIAL));
        recorded.put("guarded", history.subscription("guarded", SubscriptionKind.UNORDERED));
        for (EventBus each : List.of(bus, other)) {
            each.subscribe("once", s -> s.on(Once.class, this::once).ordering(Ordering.unordered(2)).buffer(64)
                    .idempotent(IdempotencyPolicy.byKey(Once.class, Once::key, Duration.ofDays(1))));
        }
        return List.of(
                bus.subscribe("keyed", s -> s.onEvent(Numbered.class, this::handle).timeout(TIMEOUT)
                        .ordering(Ordering.byKey(Numbered.class, Numbered::key)).concurrency(1 + random.nextInt(3))
                        .buffer(64)),
                bus.subscribe("serial", s -> s.onEvent(Numbered.class, this::handle)
                        .buffer(1 + random.nextInt(4), random.nextBoolean() ? Overflow.REJECT : Overflow.block(LONG))),
                bus.subscribe("guarded",
                        s -> s.onEvent(Numbered.class, this::handle).ordering(Ordering.unordered(2)).buffer(64)
                                .circuitBreaker(CircuitBreakerPolicy.failureRate(0.5).window(4).minimumCalls(2)
                                        .openFor(Duration.ofMillis(5)).halfOpen(2)
                                        .halfOpenAtMost(Duration.ofDays(30)))));
    }

    /* ---------------- publishers ---------------- */

    private void publishAll(int publisher) throws InterruptedException {
        for (int i = 0; i < EVENTS; i++) {
            publish(publisher, -1);
            if (random.nextBoolean()) {
                boolean unused = (random.nextBoolean() ? bus : other).publish(new Once(i / 3)).isDone();
            }
            if (random.nextInt(3) == 0) {
                world.sleep(Duration.ofNanos(random.nextInt(5_000_000)));
            }
        }
    }

    private void publish(int publisher, int parent) {
        int key = random.nextInt(KEYS);
        int number = parent < 0 ? history.publishing(publisher, key) : history.publishing(publisher, key, parent);
        try {
            Receipt receipt = bus.publish(new Numbered(number, key, parent < 0 ? 0 : 1));
            history.accepted(number, history.setOf(
                    receipt.outcomes().keySet().stream().map(recorded::get).toArray(RecordedSubscription[]::new)));
        } catch (PublishRejectedException | WouldDeadlockException rejection) {
            history.rejected(number);
        }
    }

    /* ---------------- handlers ---------------- */

    private void handle(Delivery<Numbered> delivery) throws Exception {
        Numbered event = delivery.payload();
        String name = delivery.subscription();
        RecordedSubscription subscription = recorded.get(name);
        String attempt = name + event.number() + "#" + delivery.attempt();
        complainIfEarly(name + event.number());
        again.add(returned.getOrDefault(name + event.number(), "none"));
        if (name.equals("keyed")) {
            complainIfAhead(event);
        }
        if (redriving && ended.remove(name + event.number())) {
            subscription.reopened(event.number());
        }
        subscription.began(event.number());
        try {
            world.mark("handler");
            work(name, event);
            returned.put(name + event.number(), attempt);
        } finally {
            subscription.ended(event.number());
        }
    }

    private void work(String name, Numbered event) throws Exception {
        switch (random.nextInt(failing ? 12 : 24)) {
            case 0, 1, 2 -> {
                if (failing) {
                    throw new IllegalStateException("planted");
                }
            }
            case 3 -> world.sleep(Duration.ofNanos(random.nextInt(3_000_000)));
            case 4 -> sleepOverTimeout(name);
            case 5 -> publishNested(event);
            case 6 -> leaveInterrupted();
            default -> world.mark("work");
        }
    }

    // Must neither spoil the result nor reach what follows.
    private void leaveInterrupted() {
        if (failing) {
            Thread.currentThread().interrupt();
        }
    }

    private void sleepOverTimeout(String name) throws InterruptedException {
        if (failing && name.equals("keyed")) {
            try {
                world.sleep(TIMEOUT.plusMillis(random.nextInt(3) - 1));
            } catch (InterruptedException deaf) {
                world.mark("deaf");
            }
        }
    }

    private void publishNested(Numbered event) {
        if (failing && event.depth() == 0) {
            publish(9, event.number());
        }
    }

    private void complainIfEarly(String delivery) {
        Long due = dueNanos.get(delivery);
        if (due != null && world.time().monotonicNanos() - due < 0) {
            complaints.add("retried too early: " + delivery);
        }
    }

    // X-2: an event of a parked key does not begin before the letters before it are gone
    private void complainIfAhead(Numbered event) {
        List<DeadLetter> parked = letters.peek(new Sequence("keyed", String.valueOf(event.key())));
        if (!parked.isEmpty() && !parked.getFirst().event().payload().equals(event)) {
            complaints.add("began before " + parked.getFirst().event().payload() + ", which is parked: " + event);
        }
    }

    private void once(Once event) throws InterruptedException {
        if (done.contains(event.key()) || !running.add(event.key())) {
            complaints.add("handled twice: " + event);
        }
        world.sleep(Duration.ofNanos(random.nextInt(2_000_000)));
        running.remove(event.key());
        if (failing && random.nextInt(3) == 0) {
            throw new IllegalStateException("planted");
        }
        done.add(event.key());
    }

    /* ---------------- operator ---------------- */

    private void operate(Subscription keyed) throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            world.sleep(Duration.ofMillis(random.nextInt(5)));
            switch (random.nextInt(6)) {
                case 0 -> world.jumpWall(random.nextBoolean() ? LONG.multipliedBy(3) : LONG.multipliedBy(-3));
                case 1 -> {
                    int key = random.nextInt(KEYS);
                    keyed.pause(key);
                    world.sleep(Duration.ofMillis(random.nextInt(10)));
                    keyed.resume(key);
                }
                default -> redrive(DeadLetterQuery.all().subscription("keyed"));
            }
        }
    }

    private int redrive(DeadLetterQuery query) {
        redriving = true;
        try {
            return bus.deadLetters().redrive(query).handled();
        } finally {
            redriving = false;
        }
    }

    /* ---------------- observer ---------------- */

    @Override
    public void onSignal(Signal signal) {
        switch (signal) {
            case Signal.RetryScheduled retry -> {
                if (retry.event().payload() instanceof Numbered) {
                    dueNanos.put(delivery(retry.event(), retry.subscription()),
                            world.time().monotonicNanos() + retry.delay().toNanos());
                }
            }
            case Signal.TimedOut late -> timedOut.add(attempt(late.event(), late.subscription(), late.attempt()));
            case Signal.Settled end -> {
                if (end.event().payload() instanceof Numbered event) {
                    ended(end, event);
                }
            }
            default -> {
                // The others are of no interest here.
            }
        }
    }

    private void ended(Signal.Settled end, Numbered event) {
        ended.add(end.subscription() + event.number());
        dueNanos.remove(end.subscription() + event.number()); // it may have given way to others of its key
        recorded.get(end.subscription()).over(event.number(), DeliveryEnd.valueOf(end.outcome().name()));
        if (end instanceof Signal.Handled well) {
            handled.add(attempt(well.event(), well.subscription(), well.attempt()));
        }
    }

    private static String attempt(EventEnvelope<?> event, String subscription, int attempt) {
        return delivery(event, subscription) + "#" + attempt;
    }

    private static String delivery(EventEnvelope<?> event, String subscription) {
        return subscription + ((Numbered) event.payload()).number();
    }

    /* ---------------- the end ---------------- */

    private void end() throws InterruptedException {
        failing = false;
        assertThat(bus.drain(LONG)).as("all that waits is handled within an hour").isTrue();
        assertThat(other.drain(LONG)).as("all that waits on the other bus is handled within an hour").isTrue();
        for (String name : NAMES) {
            redriveByPages(DeadLetterQuery.all().subscription(name).limit(2));
        }
        assertThat(letters.find(DeadLetterQuery.all().matching(letter -> NAMES.contains(letter.subscription()))))
                .as("letters that were not redriven page by page").isEmpty();
        CloseReport report = bus.shutdown(LONG);
        assertThat(report.returned()).as("nothing is left").isEmpty();
        assertThat(other.shutdown(LONG).returned()).as("nothing is left on the other bus").isEmpty();
        world.awaitIdle();
        HistoryChecker.check(history).assertNone();
        complainOfResults();
        assertThat(complaints).isEmpty();
    }

    // D-4: of an attempt that has timed out no result counts, and of another one the first
    private void complainOfResults() {
        again.remove("none");
        again.removeAll(timedOut);
        again.forEach(attempt -> complaints.add("attempted again after success: " + attempt));
        handled.retainAll(timedOut);
        handled.forEach(attempt -> complaints.add("handled, though it had timed out: " + attempt));
    }

    // A breaker that has just opened lets nothing pass, and a place comes back after the outcome; but neither takes long.
    private void redriveByPages(DeadLetterQuery page) throws InterruptedException {
        for (int idle = 0; idle < 5; idle++) {
            while (redrive(page) > 0) {
                idle = 0;
            }
            world.sleep(DELAY.multipliedBy(2));
        }
    }
}
