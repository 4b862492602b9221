/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.observe.BusMetrics;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.Signal;
import dev.eventbus.observe.SubscriptionMetrics;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PublishRejectedException;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.WouldDeadlockException;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.testkit.DeliveryEnd;
import dev.eventbus.testkit.History;
import dev.eventbus.testkit.HistoryChecker;
import dev.eventbus.testkit.RecordedSubscription;
import dev.eventbus.testkit.SubscriptionKind;
import dev.eventbus.testkit.Violations;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Many events, on real threads, with the shipped defaults: nothing is lost, doubled or out of order (D-1, O-1 to O-4). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RealThreadsTest {
    private static final int EVENTS = Integer.getInteger("stress.events", 400_000);
    private static final int PUBLISHERS = 4;
    private static final int KEYS = 10_000;
    private static final int FAILS_ONCE = 100; // one event of so many, in each subscription
    private static final int FAILS_ALWAYS = 2_000; // the same
    private static final int PUBLISHES = 32; // the same
    private static final int DEEPEST = 3;
    private static final int KEEPS_RECEIPT = 64; // one publish of so many

    private final History history = new History();
    private final Map<String, RecordedSubscription> subscriptions = Map.of(
            "serial", history.subscription("serial", SubscriptionKind.SERIAL),
            "keyed", history.subscription("keyed", SubscriptionKind.KEYED),
            "synchronous", history.subscription("synchronous", SubscriptionKind.SYNCHRONOUS));
    private final long all = history.setOf(subscriptions.values().toArray(RecordedSubscription[]::new));
    private final AtomicInteger begun = new AtomicInteger();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder givenUp = new LongAdder();
    private final Queue<KeptReceipt> receipts = new ConcurrentLinkedQueue<>();

    private record KeptReceipt(int event, Receipt receipt) {}

    @Test
    void many_publishers_many_keys_failures_and_nested_publishes_leave_a_history_without_fault() throws Exception {
        EventBus bus = EventBus.builder("b").observe(this::record).lastResort((letter, cause) -> {}).build();
        // Delays are short: a serial subscription waits for each of them.
        bus.subscribe("serial", s -> s.on(Told.class, told -> handle(bus, "serial", 0, told))
                .retry(RetryPolicy.fixed(Duration.ofNanos(20_000)).maxAttempts(3)));
        bus.subscribe("keyed", s -> s.on(Told.class, told -> handle(bus, "keyed", 1, told))
                .ordering(Ordering.byKey(Told.class, Told::key)).sequenced(SequencePolicy.none())
                .retry(RetryPolicy.fixed(Duration.ofMillis(1)).maxAttempts(3)));
        bus.subscribe("synchronous", s -> s.on(Told.class, told -> handle(bus, "synchronous", 2, told))
                .dispatch(Dispatch.synchronous()).retry(RetryPolicy.fixed(Duration.ZERO).maxAttempts(3)));
        Threads publishers = Threads.start(PUBLISHERS, number -> publishAll(bus, number));

        publishers.join("publishers");
        BusMetrics metrics = drained(bus);
        CloseReport report = bus.shutdown(Threads.PATIENCE);
        Violations violations = HistoryChecker.check(history);

        violations.assertNone();
        assertThat(violations.deliveries()).isEqualTo(3 * accepted.sum());
        assertThat(violations.events()).isEqualTo(EVENTS);
        assertThat(report.finished()).isTrue();
        assertThat(report.returned()).isEmpty();
        checkMetrics(metrics);
        receipts.forEach(RealThreadsTest::checkReceipt);
        System.out.println("real threads: " + violations.events() + " events, " + violations.deliveries()
                + " deliveries, "
                + violations.attempts() + " attempts, " + failures + " failed, " + givenUp + " given up, " + rejected
                + " nested publishes rejected, " + receipts.size() + " receipts looked at, violations "
                + violations.counts());
    }

    private static BusMetrics drained(EventBus bus) throws InterruptedException {
        assertThat(bus.drain(Threads.PATIENCE)).as("drained").isTrue();
        return bus.inspect().metrics();
    }

    private void publishAll(EventBus bus, int publisher) {
        for (int i = begun.getAndIncrement(); i < EVENTS; i = begun.getAndIncrement()) {
            publish(bus, publisher, mix(i) % KEYS, History.ROOT, 0);
        }
    }

    private void publish(EventBus bus, int publisher, int key, int parent, int depth) {
        int number = history.publishing(publisher, key, parent);
        try {
            Receipt receipt = bus.publish(new Told(number, key, depth));
            history.accepted(number, all);
            accepted.increment();
            if (number % KEEPS_RECEIPT == 0) {
                receipts.add(new KeptReceipt(number, receipt));
            }
        } catch (PublishRejectedException | WouldDeadlockException rejection) {
            history.rejected(number);
            rejected.increment();
            assertThat(depth).as("rejected from outside").isPositive();
        }
    }

    // What happens follows from event, subscription and attempt alone.
    private void handle(EventBus bus, String name, int salt, Told told) throws Exception {
        RecordedSubscription subscription = subscriptions.get(name);
        subscription.began(told.number());
        try {
            int attempt = bus.currentDelivery().orElseThrow().attempt();
            if (failsAlways(told.number(), salt) || (attempt == 1 && mix(told.number() * 3 + salt) % FAILS_ONCE == 0)) {
                failures.increment();
                throw new PlantedException();
            }
            if (told.depth() < DEEPEST && mix(told.number() * 5 + salt) % PUBLISHES == 0
                    && begun.getAndIncrement() < EVENTS) {
                publish(bus, PUBLISHERS + salt, mix(told.number()) % KEYS, told.number(), told.depth() + 1);
            }
        } finally {
            subscription.ended(told.number());
        }
    }

    private static boolean failsAlways(int number, int salt) {
        return mix(number * 7 + salt) % FAILS_ALWAYS == 0;
    }

    private static int mix(int value) {
        int mixed = (value ^ (value >>> 16)) * 0x45D9F3B;
        return (mixed ^ (mixed >>> 15)) & Integer.MAX_VALUE;
    }

    private void record(Signal signal) {
        if (signal instanceof Signal.Settled end) {
            subscriptions.get(end.subscription()).over(((Told) end.event().payload()).number(),
                    DeliveryEnd.valueOf(end.outcome().name()));
            if (end.outcome() == Outcome.DEAD_LETTERED) {
                givenUp.increment();
            }
        }
    }

    private void checkMetrics(BusMetrics metrics) {
        assertThat(metrics.published()).isEqualTo(accepted.sum());
        assertThat(metrics.rejected()).isEqualTo(rejected.sum());
        assertThat(metrics.observerFailures()).isZero();
        assertThat(metrics.deadLetters() + metrics.lastResorts()).isEqualTo(givenUp.sum());
        for (SubscriptionMetrics subscription : metrics.subscriptions().values()) {
            assertThat(subscription.settled()).isEqualTo(accepted.sum());
            assertThat(subscription.handled() + subscription.deadLettered()).isEqualTo(accepted.sum());
            assertThat(subscription.failedAttempts()).isEqualTo(subscription.retries() + subscription.deadLettered());
            assertThat(subscription.inFlight()).isZero();
        }
        assertThat(metrics.subscriptions().values().stream().mapToLong(SubscriptionMetrics::failedAttempts).sum())
                .isEqualTo(failures.sum());
    }

    private static void checkReceipt(KeptReceipt kept) {
        assertThat(kept.receipt().isDone()).isTrue();
        assertThat(kept.receipt().outcomes()).isEqualTo(Map.of("serial", expected(kept.event(), 0),
                "keyed", expected(kept.event(), 1), "synchronous", expected(kept.event(), 2)));
    }

    private static Outcome expected(int event, int salt) {
        return failsAlways(event, salt) ? Outcome.DEAD_LETTERED : Outcome.HANDLED;
    }
}
