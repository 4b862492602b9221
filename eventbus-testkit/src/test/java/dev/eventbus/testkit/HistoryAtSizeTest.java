/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Histories of real threads, and long ones. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HistoryAtSizeTest {
    private static final int PUBLISHERS = 4;
    private static final int STOP = -1;

    private final History history = new History();

    @Test
    void a_million_events_in_three_subscriptions_are_checked_in_reasonable_time() {
        List<RecordedSubscription> subscriptions = List.of(history.subscription("serial", SubscriptionKind.SERIAL),
                history.subscription("keyed", SubscriptionKind.KEYED),
                history.subscription("sync", SubscriptionKind.SYNCHRONOUS));
        long all = history.setOf(subscriptions.toArray(RecordedSubscription[]::new));
        int parent = History.ROOT;
        for (int i = 0; i < 1_000_000; i++) {
            int event = history.publishing(i % 4, i % 10_000, parent);
            history.accepted(event, all);
            for (RecordedSubscription subscription : subscriptions) {
                subscription.began(event);
                subscription.ended(event);
                subscription.over(event, DeliveryEnd.HANDLED);
            }
            parent = i % 100_000 == 0 ? History.ROOT : event; // chains far longer than a stack is deep
        }
        long start = System.nanoTime();

        Violations violations = HistoryChecker.check(history);

        violations.assertNone();
        assertThat(violations.attempts()).isEqualTo(3_000_000);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).as("seconds").isLessThan(10);
    }

    @Test
    void a_toy_bus_on_real_threads_is_in_order() throws InterruptedException {
        runToyBus(50_000, 0);

        Violations violations = HistoryChecker.check(history);

        violations.assertNone();
        assertThat(violations.attempts()).isEqualTo(50_000 * PUBLISHERS);
    }

    @Test
    void a_toy_bus_that_changes_the_order_now_and_then_is_not() throws InterruptedException {
        runToyBus(50_000, 1_000);

        Violations violations = HistoryChecker.check(history);

        assertThat(violations.counts()).containsOnlyKeys(ViolationKind.KEY_INVERSION);
    }

    /** Several publishers, one queue, one handler thread, which lets an event wait for a while now and then. */
    private void runToyBus(int eventsPerPublisher, int swapOneOf) throws InterruptedException {
        RecordedSubscription subscription = history.subscription("toy", SubscriptionKind.SERIAL);
        BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
        Thread handler = Thread.ofPlatform().start(() -> handleUntilStopped(queue, subscription, swapOneOf));
        List<Thread> publishers = new ArrayList<>();
        long targets = history.setOf(subscription);
        for (int p = 0; p < PUBLISHERS; p++) {
            int publisher = p;
            publishers.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < eventsPerPublisher; i++) {
                    int event = history.publishing(publisher, i);
                    queue.add(event);
                    history.accepted(event, targets);
                }
            }));
        }
        for (Thread publisher : publishers) {
            publisher.join();
        }
        queue.add(STOP);
        handler.join();
    }

    private static void handleUntilStopped(BlockingQueue<Integer> queue, RecordedSubscription subscription,
            int swapOneOf) {
        RandomGenerator random = new Dice(1, 0);
        List<Integer> late = new ArrayList<>();
        for (int event = take(queue); event != STOP; event = take(queue)) {
            if (swapOneOf > 0 && random.nextInt(swapOneOf) == 0) {
                late.add(event);
            } else {
                handle(subscription, event);
            }
            if (late.size() > 10) {
                late.forEach(each -> handle(subscription, each));
                late.clear();
            }
        }
        late.forEach(each -> handle(subscription, each));
    }

    private static void handle(RecordedSubscription subscription, int event) {
        subscription.began(event);
        subscription.ended(event);
        subscription.over(event, DeliveryEnd.HANDLED);
    }

    private static int take(BlockingQueue<Integer> queue) {
        try {
            return queue.take();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
