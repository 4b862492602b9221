/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.observe.BusMetrics;
import dev.eventbus.observe.Signal;
import dev.eventbus.observe.SubscriptionMetrics;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events come while the letters before them are redriven, on real threads: each is handled once, in order. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(600)
class RedriveRaceTest {
    private static final int EVENTS = Integer.getInteger("stress.redrives", 40_000);
    private static final int KEYS = 40;
    private static final int PUBLISHERS = 4; // each has keys of its own, so that there is an order to be kept
    private static final int REDRIVERS = 2;
    private static final int FAILS = 20; // one attempt of so many

    private final AtomicIntegerArray next = new AtomicIntegerArray(KEYS); // number of the event whose turn it is
    private final Queue<String> outOfTurn = new ConcurrentLinkedQueue<>();
    private final AtomicInteger redriven = new AtomicInteger();
    private final AtomicInteger redriving = new AtomicInteger(); // how many of the redrivers are at it
    private final AtomicBoolean skipped = new AtomicBoolean();
    private final Semaphore parked = new Semaphore(0);
    private final Semaphore unhandled = new Semaphore(20 * KEYS); // or redrives would have nothing but long sequences
    private volatile boolean mended;
    private volatile boolean over;

    @Test
    void by_key() throws Exception {
        race("by key", s -> s.ordering(Ordering.byKey(Told.class, Told::key)));
    }

    @Test
    void in_the_callers_thread() throws Exception {
        race("synchronous", s -> s.dispatch(Dispatch.synchronous()));
    }

    private void race(String name, UnaryOperator<SubscriptionSpec> order) throws Exception {
        try (EventBus bus = EventBus.builder("b").deadLetters(DeadLetterStore.inMemory(EVENTS, KEYS))
                .observe(this::note).build()) {
            bus.subscribe("s", s -> order.apply(s.on(Told.class, this::handle)).retry(RetryPolicy.never())
                    .sequenced(SequencePolicy.sequenced().letters(EVENTS)));
            Threads redrivers = Threads.start(REDRIVERS, number -> redrive(bus));
            Threads.start(PUBLISHERS, number -> publish(bus, number)).join("publishers");
            assertThat(bus.drain(Threads.PATIENCE)).as("drained").isTrue();
            over = true;
            parked.release();
            redrivers.join("redrivers");
            mended = true;
            int left = bus.deadLetters().size();

            RedriveReport rest = bus.deadLetters().redrive(DeadLetterQuery.all());

            check(bus.inspect().metrics());
            assertThat(rest).isEqualTo(new RedriveReport(left, 0, 0));
            SubscriptionMetrics metrics = bus.inspect().metrics().subscriptions().get("s");
            System.out.println("redrive race: " + name + ": " + EVENTS + " events, " + metrics.deadLettered()
                    + " times given up or parked, " + redriven + " redriven beside publishes, " + left
                    + " afterwards, out of turn " + outOfTurn.size());
        }
    }

    private void check(BusMetrics metrics) {
        assertThat(outOfTurn).as("handled twice, or out of the order of its key").isEmpty();
        for (int key = 0; key < KEYS; key++) {
            assertThat(next.get(key)).as("handled of key " + key).isEqualTo(EVENTS / KEYS);
        }
        assertThat(metrics.subscriptions().get("s").handled()).isEqualTo(EVENTS);
        assertThat(metrics.deadLetters()).isZero();
        assertThat(metrics.parkedSequences()).isZero();
        assertThat(metrics.lastResorts()).isZero();
        assertThat(redriven).as("redriven while others were published").hasPositiveValue();
    }

    private void note(Signal signal) {
        if (signal instanceof Signal.DeadLettered) {
            parked.release();
        }
    }

    private void publish(EventBus bus, int publisher) throws InterruptedException {
        for (int number = 0; number < EVENTS / KEYS; number++) {
            for (int key = publisher; key < KEYS; key += PUBLISHERS) {
                assertThat(unhandled.tryAcquire(Threads.PATIENCE.toNanos(), TimeUnit.NANOSECONDS)).as("goes on")
                        .isTrue();
                bus.publish(Told.of(number, key), PublishOptions.options().key(key));
            }
        }
    }

    private void redrive(EventBus bus) throws InterruptedException {
        while (!over) {
            parked.acquire();
            parked.drainPermits();
            redriving.incrementAndGet();
            RedriveReport report = bus.deadLetters().redrive(DeadLetterQuery.all());
            redriven.addAndGet(report.handled());
            if (report.skipped() > 0) { // another one had them, perhaps on its last look: nobody else might look again
                skipped.set(true);
            }
            // Whoever is last looks again, and nobody before: to ask again and again would keep a carrier from the one in turn.
            if (redriving.decrementAndGet() == 0 && skipped.getAndSet(false)) {
                parked.release();
            }
        }
        parked.release(); // the other one may wait for what this one has drained
    }

    private void handle(Told told) throws PlantedException {
        if (!mended && ThreadLocalRandom.current().nextInt(FAILS) == 0) {
            throw new PlantedException();
        }
        if (!next.compareAndSet(told.key(), told.number(), told.number() + 1)) {
            outOfTurn.add(told + " instead of " + next.get(told.key()));
        }
        unhandled.release();
    }
}
