/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.PublishRejectedException;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.WouldDeadlockException;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.SubscribeRejectedException;
import dev.eventbus.subscribe.Subscription;
import dev.eventbus.testkit.DeliveryEnd;
import dev.eventbus.testkit.HistoryChecker;
import dev.eventbus.testkit.RecordedSubscription;
import dev.eventbus.testkit.SimulatedMain;
import dev.eventbus.testkit.SimulatedThread;
import dev.eventbus.testkit.SubscriptionKind;
import dev.eventbus.testkit.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One run of the bus under everything that may happen at once: several publishers, nested publishes, failures, timeouts,
 * full buffers, pauses, subscriptions that come and go, a shutdown at any moment. Then the history must be without fault.
 * Used once.
 */
final class LaneScenario implements SimulatedMain {
    private static final int PUBLISHERS = 3;
    private static final int FEWEST = 200;
    private static final int EVENTS = 260;
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final int KEYS = 5;
    private static final int DEEPEST = 3;

    private final Faults faults;
    private World world;
    private RandomGenerator random;
    private Recorder recorder;
    private EventBus bus;
    private Breaches breaches;
    private Returns returns;
    private int accepted;
    private boolean over;
    private boolean guestIsGone;

    LaneScenario(Faults faults) {
        this.faults = faults;
    }

    @Override
    public void run(World simulated) throws Exception {
        world = simulated;
        random = world.scenarioRandom();
        recorder = new Recorder(world, faults);
        breaches = new Breaches(world);
        returns = new Returns(recorder, breaches);
        Choices choices = new Choices(random);
        bus = EventBus.builder("b").clocks(world.time()).runtime(world.runtime()).random(world.random())
                .retry(choices.retry()).observe(recorder).maxDepth(DEEPEST + 1).pendingLimit(1 + random.nextInt(32))
                .build();
        List<Subscription> subscriptions = subscribe(choices);
        List<SimulatedThread> threads = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            int publisher = i;
            threads.add(world.start("publisher-" + i, () -> publishAll(publisher)));
        }
        threads.add(world.start("operator", () -> operate(subscriptions, choices)));
        CloseReport early = random.nextInt(3) == 0 ? shutDownSoon() : null;
        over = early != null;
        for (SimulatedThread thread : threads) {
            thread.join();
        }
        CloseReport report = shutDown(Duration.ofMinutes(5));
        assertThat(early == null || early.equals(report)).isTrue();
        world.awaitIdle();
        check(report);
    }

    private List<Subscription> subscribe(Choices choices) {
        recorder.add("synchronous", SubscriptionKind.SYNCHRONOUS);
        recorder.add("serial", SubscriptionKind.SERIAL);
        recorder.add("keyed", SubscriptionKind.KEYED);
        recorder.add("unordered", SubscriptionKind.UNORDERED);
        recorder.add("guest", SubscriptionKind.SERIAL);
        bus.subscribe("synchronous", s -> s.on(Told.class, told -> handle("synchronous", told, 0))
                .dispatch(Dispatch.synchronous()));
        return List.of(
                bus.subscribe("serial", s -> choices.serial(s.onEvent(Told.class,
                        d -> handle("serial", d.payload(), d.attempt())))),
                bus.subscribe("keyed", s -> choices.keyed(s.onEvent(Told.class,
                        d -> handle("keyed", d.payload(), d.attempt())))),
                bus.subscribe("unordered", s -> choices.unordered(s.onEvent(Told.class,
                        d -> handle("unordered", d.payload(), d.attempt())))));
    }

    /* ---------------- publishers ---------------- */

    private void publishAll(int publisher) throws InterruptedException {
        while (accepted < EVENTS && !over) {
            Receipt receipt = publish(publisher, -1, random.nextInt(KEYS), 0);
            if (receipt != null && random.nextInt(8) == 0) {
                receipt.await(Duration.ofMillis(random.nextInt(100)));
            }
            if (random.nextInt(4) == 0) {
                world.sleep(Duration.ofNanos(random.nextInt(5_000_000)));
            }
        }
    }

    private Receipt publish(int publisher, int parent, int key, int depth) {
        int number = parent < 0
                ? recorder.history().publishing(publisher, key)
                : recorder.history().publishing(publisher, key, parent);
        try {
            Receipt receipt = bus.publish(new Told(number, key, depth));
            accepted++;
            recorder.accepted(number, receipt.outcomes().keySet());
            return receipt;
        } catch (PublishRejectedException | WouldDeadlockException rejection) {
            recorder.history().rejected(number);
            return null;
        }
    }

    /* ---------------- handlers ---------------- */

    private void handle(String name, Told told, int attempt) throws Exception {
        RecordedSubscription subscription = recorder.of(name);
        if (returns.isLate(name, told.number())) {
            return;
        }
        subscription.began(told.number());
        try {
            breaches.unless(!name.equals("guest") || !guestIsGone, "an attempt begins after closeAndAwait");
            world.mark("handler");
            work(name, told);
        } finally {
            subscription.ended(told.number());
        }
    }

    private void work(String name, Told told) throws Exception {
        switch (random.nextInt(32)) {
            case 0, 1 -> throw new IllegalStateException("planted");
            case 2 -> throw new AssertionError("planted");
            case 3 -> sleepOverTimeout(name);
            case 4, 5, 6, 7, 8, 9, 10 -> publishNested(told);
            case 11, 12, 13 -> world.sleep(Duration.ofNanos(random.nextInt(3_000_000)));
            case 14 -> leaveInterrupted(name);
            default -> world.mark("work");
        }
    }

    // Must not reach the next delivery.
    private static void leaveInterrupted(String name) {
        if (!name.equals("synchronous")) {
            Thread.currentThread().interrupt();
        }
    }

    private void sleepOverTimeout(String name) throws InterruptedException {
        if (name.equals("synchronous")) {
            return;
        }
        boolean deaf = random.nextBoolean();
        try {
            world.sleep(Duration.ofMillis(19 + random.nextInt(3)));
        } catch (InterruptedException interrupted) {
            faults.count("interrupted");
            if (!deaf) {
                throw interrupted;
            }
            world.sleep(Duration.ofMillis(random.nextInt(30)));
        }
    }

    private void publishNested(Told told) throws Exception {
        if (told.depth() >= DEEPEST || accepted > EVENTS + 100) {
            return;
        }
        int key = random.nextBoolean() ? told.key() : random.nextInt(KEYS);
        Receipt receipt;
        if (random.nextInt(4) == 0) {
            List<Receipt> box = new ArrayList<>();
            Runnable carried = bus.wrap(() -> box.add(publish(8, told.number(), key, told.depth() + 1)));
            world.start("carrier", carried::run).join();
            receipt = box.getFirst();
        } else {
            receipt = publish(9, told.number(), key, told.depth() + 1);
        }
        faults.count("nested");
        if (receipt != null && random.nextInt(8) == 0) {
            try {
                receipt.await(Duration.ofMillis(5));
            } catch (WouldDeadlockException wouldWaitForItself) {
                faults.count("receipt would deadlock");
            }
        }
    }

    /* ---------------- operators ---------------- */

    private void operate(List<Subscription> subscriptions, Choices choices) throws Exception {
        for (int i = 0; i < 12; i++) {
            world.sleep(Duration.ofMillis(random.nextInt(10)));
            Subscription subscription = subscriptions.get(random.nextInt(subscriptions.size()));
            switch (random.nextInt(6)) {
                case 0 -> pause(subscription);
                case 1 -> pauseKey(subscriptions.get(1));
                case 2 -> bus.drain(Duration.ofMillis(random.nextInt(20)));
                case 3 -> redrive();
                case 4 -> receiveGuest(choices);
                default -> faults.count("inspected", bus.inspect().metrics().subscriptions().size());
            }
        }
        subscriptions.forEach(Subscription::resume);
        if (random.nextInt(4) == 0) {
            subscriptions.get(random.nextInt(subscriptions.size())).close();
        }
    }

    private void pause(Subscription subscription) throws InterruptedException {
        subscription.pause();
        world.sleep(Duration.ofMillis(random.nextInt(30)));
        if (random.nextInt(4) != 0) {
            subscription.resume();
        }
        faults.count("paused");
    }

    private void pauseKey(Subscription keyed) throws InterruptedException {
        int key = random.nextInt(KEYS);
        keyed.pause(key);
        world.sleep(Duration.ofMillis(random.nextInt(30)));
        keyed.resume(key);
        faults.count("key paused");
    }

    private void redrive() {
        for (DeadLetter letter : bus.deadLetters().find(DeadLetterQuery.all())) {
            if (random.nextInt(4) == 0 && !over && isOverInItsPublisher(letter)) {
                redrive(letter);
            }
        }
        faults.count("discarded", bus.deadLetters().discard(DeadLetterQuery.all(), "known"));
    }

    // A letter of an event that is still on its way is excepted from O-3, and what its handler publishes with it.
    private boolean isOverInItsPublisher(DeadLetter letter) {
        return recorder.ends("synchronous", ((Told) letter.event().payload()).number()) > 0;
    }

    private void redrive(DeadLetter letter) {
        int number = ((Told) letter.event().payload()).number();
        RecordedSubscription subscription = recorder.of(letter.subscription());
        int ends = recorder.ends(letter.subscription(), number);
        subscription.reopened(number);
        returns.redriven(letter.subscription(), number);
        try {
            faults.count("redriven", bus.deadLetters().redrive(DeadLetterQuery.all().letter(letter.id())).handled());
        } catch (BusClosedException closed) {
            faults.count("redrive refused");
        }
        if (recorder.ends(letter.subscription(), number) == ends) {
            subscription.over(number, DeliveryEnd.CANCELLED); // there was no further round
        }
    }

    private void receiveGuest(Choices choices) throws Exception {
        if (guestIsGone) {
            return;
        }
        Subscription guest;
        try {
            guest = bus.subscribe("guest", s -> choices.serial(s.on(Told.class, told -> handle("guest", told, 0))));
        } catch (SubscribeRejectedException closed) {
            return;
        }
        world.sleep(Duration.ofMillis(random.nextInt(20)));
        guestIsGone = guest.closeAndAwait(Duration.ofMinutes(1));
        faults.count("guest");
    }

    private CloseReport shutDownSoon() throws InterruptedException {
        int when = FEWEST + random.nextInt(EVENTS - FEWEST);
        world.await("event " + when, () -> accepted >= when, PATIENCE);
        faults.count("early shutdown");
        return shutDown(Duration.ofMillis(random.nextInt(50)));
    }

    private CloseReport shutDown(Duration deadline) {
        return bus.shutdown(deadline);
    }

    /* ---------------- the end ---------------- */

    private void check(CloseReport report) {
        returns.check(report);
        breaches.assertNone();
        HistoryChecker.check(recorder.history()).assertNone();
        assertThat(accepted).isGreaterThanOrEqualTo(FEWEST);
        faults.count("accepted", accepted);
    }
}
