/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.fixture.HookedRuntime;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that fails once leaves every delivery with an outcome, and no key held. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class BrokenClockTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final RetryPolicy TWICE = RetryPolicy.fixed(Duration.ofMillis(5)).maxAttempts(2);

    private final HookedRuntime runtime = new HookedRuntime();
    private final List<String> log = new CopyOnWriteArrayList<>();

    private EventBusBuilder builder() {
        return EventBus.builder("b").clocks(runtime).runtime(runtime);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    @Rule({"D-1", "R-1"})
    void a_clock_that_throws_in_a_worker_after_a_failure_leaves_its_key_free(int read) throws InterruptedException {
        EventBus bus = builder().retry(TWICE).build();
        AtomicInteger reads = new AtomicInteger();
        bus.subscribe("s", s -> s.onEvent(String.class, delivery -> {
            if (reads.get() == 0) {
                breakReadOfWorker(reads, read);
                throw new IOException("no");
            }
        }).ordering(Ordering.byKey()).sequenced(SequencePolicy.none()));

        Receipt first = bus.publish("x", PublishOptions.options().key("k")).await(LONG);
        Receipt second = bus.publish("y", PublishOptions.options().key("k")).await(LONG);

        assertThat(first.isDone()).isTrue();
        assertThat(second.outcomes()).containsEntry("s", Outcome.HANDLED);
        assertThat(bus.drain(LONG)).isTrue();
        bus.close();
    }

    private void breakReadOfWorker(AtomicInteger reads, int broken) {
        reads.compareAndSet(0, 1);
        runtime.atNextClockRead(() -> {
            boolean ofWorker = Thread.currentThread().getName().endsWith("-s");
            if (ofWorker && reads.getAndIncrement() == broken) {
                throw new IllegalStateException("planted: clock");
            }
            breakReadOfWorker(reads, broken);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    @Rule({"P-2", "X-1"})
    void a_wall_clock_that_throws_in_a_publish_leaves_it_whole_or_undone(int read) throws InterruptedException {
        FragileRuntime fragile = new FragileRuntime();
        EventBus bus = EventBus.builder("b").clocks(fragile).runtime(fragile).build();
        Gate gate = new Gate();
        bus.subscribe("full", s -> s.on(String.class, text -> gate.pass()).buffer(1, Overflow.DEAD_LETTER));
        bus.subscribe(String.class, "other", log::add);
        bus.publish("x");
        gate.awaitReached();

        Map<String, Outcome> outcomes = new HashMap<>();
        fragile.breakWallClockAt(read);
        Throwable thrown = catchThrowable(() -> outcomes.putAll(bus.publish("y").await(LONG).outcomes()));
        fragile.breakWallClockAt(Integer.MAX_VALUE);

        gate.open();
        assertThat(bus.drain(LONG)).isTrue();
        if (thrown == null) {
            assertThat(outcomes).containsEntry("full", Outcome.DEAD_LETTERED).containsEntry("other", Outcome.HANDLED);
            assertThat(log).containsExactly("x", "y");
        } else {
            assertThat(log).as("thrown was " + thrown).containsExactly("x");
        }
        bus.close();
    }
}
