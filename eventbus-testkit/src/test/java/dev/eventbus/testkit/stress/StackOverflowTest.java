/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.observe.BusMetrics;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Recursion that publishes until the stack ends leaves every lane alive (design section 6, D-5). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StackOverflowTest {
    private static final int ROUNDS = Integer.getInteger("stress.overflows", 40);
    private static final long STACK_BYTES = 256 * 1_024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int EVERY = 64; // the plain recursion publishes at each of the last levels, and before at some
    private static final boolean INTERPRETED = System.getProperty("java.vm.info", "").contains("interpreted");

    private final LongAdder published = new LongAdder();
    private final LongAdder overflows = new LongAdder();

    @Test
    void a_plain_recursion_that_publishes_leaves_no_lane_dead() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            EventBus bus = bus(signal -> {}, round % 2 == 0);
            int offset = round * 13 % 512;
            onSmallStack(() -> descend(offset, () -> recurse(bus, 0)));
            checkAlive(bus, round);
        }
        report("plain recursion");
    }

    @Test
    void an_observer_that_publishes_whenever_something_was_published_leaves_no_lane_dead() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AtomicReference<EventBus> self = new AtomicReference<>();
            Thread[] recursing = new Thread[1];
            EventBus bus = bus(signal -> {
                if (signal instanceof Signal.Published && Thread.currentThread().equals(recursing[0])) {
                    self.get().publish(Told.of(0, 0));
                }
            }, true);
            self.set(bus);
            int offset = round * 13 % 512;
            onSmallStack(() -> {
                recursing[0] = Thread.currentThread();
                descend(offset, () -> bus.publish(Told.of(0, 1)));
            });
            checkAlive(bus, round);
        }
        report("observer");
    }

    private static EventBus bus(BusObserver observer, boolean withSynchronous) {
        EventBus bus = EventBus.builder("b").observe(observer).maxDepth(Integer.MAX_VALUE).retry(RetryPolicy.never())
                .lastResort((letter, cause) -> {}).build();
        bus.subscribe(Told.class, "serial", told -> {});
        bus.subscribe("keyed", s -> s.on(Told.class, told -> {}).ordering(Ordering.byKey(Told.class, Told::key)));
        bus.subscribe("unordered", s -> s.on(Told.class, told -> {}).ordering(Ordering.unordered(2)));
        if (withSynchronous) {
            bus.subscribe("synchronous", s -> s.on(Told.class, told -> {}).dispatch(Dispatch.synchronous()));
        }
        return bus;
    }

    private void onSmallStack(Runnable task) throws InterruptedException {
        Thread thread = new Thread(null, () -> {
            try {
                task.run();
            } catch (StackOverflowError expected) {
                overflows.increment();
            }
        }, "test-small-stack", STACK_BYTES);
        thread.start();
        assertThat(thread.join(Threads.PATIENCE)).as("the recursion ends").isTrue();
    }

    // The stack ends at another place of a publish in each round.
    private static void descend(int frames, Runnable task) {
        if (frames == 0) {
            task.run();
        } else {
            descend(frames - 1, task);
        }
    }

    // Down to the end of the stack, and on the way up, while there is less room than a publish needs, at each level.
    private int recurse(EventBus bus, int level) {
        int deepest;
        boolean ends = false;
        try {
            deepest = level == Integer.MAX_VALUE ? level : recurse(bus, level + 1);
        } catch (StackOverflowError end) {
            deepest = level;
            ends = true;
        }
        if (ends || deepest - level < EVERY * 4 || level % EVERY == 0) {
            bus.publish(Told.of(level, level % 8));
        }
        return deepest;
    }

    // Whatever of it was accepted has ended, and what comes later is handled.
    private void checkAlive(EventBus bus, int round) throws InterruptedException {
        assertThat(bus.drain(PATIENCE)).as("drained, round " + round + ": " + bus.inspect().metrics()).isTrue();
        for (int key = 0; key < 8; key++) {
            Receipt later = bus.publish(Told.of(-1, key)).await(PATIENCE);
            assertThat(later.open()).as("round " + round).isEmpty();
            assertThat(later.outcomes().values()).as("round " + round).containsOnly(Outcome.HANDLED);
        }
        assertThat(bus.drain(PATIENCE)).as("drained again, round " + round).isTrue();
        BusMetrics metrics = bus.inspect().metrics();
        assertThat(metrics.subscriptions().values()).as("round " + round).allSatisfy(subscription -> {
            assertThat(subscription.settled()).isEqualTo(metrics.published());
            assertThat(subscription.inFlight()).isZero();
        });
        published.add(metrics.published());
    }

    private void report(String what) {
        System.out
                .println("stack overflow: " + what + (INTERPRETED ? ", interpreted" : "") + ": " + ROUNDS + " rounds, "
                        + published + " events accepted, " + overflows + " errors reached the thread, no lane dead");
        assertThat(published.sum()).isPositive();
    }
}
