/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.observe.SubscriptionMetrics;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.subscribe.Delivery;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A bus that has nothing to do owns no thread, and no memory of what it did (G17, M-1). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class IdleTest {
    private static final int EVENTS = 20_000;
    private static final int KEYS = 10_000;

    private final CountedRuntime runtime = new CountedRuntime();
    private final EventBus bus = EventBus.builder("b").runtime(runtime).lastResort((letter, cause) -> {}).build();

    /** Is only referred to by the bus, and by weak references here. */
    private record Payload(String key, int number) {}

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void owns_no_thread_after_retries_timeouts_and_pauses() throws Exception {
        subscribeAll();
        bus.subscribe("timed", s -> s.on(Payload.class, payload -> {
            if (payload.number() % 100 == 0) {
                Threads.await(new CountDownLatch(1), "the interrupt of the timeout");
            }
        }).ordering(Ordering.unordered(64)).timeout(Duration.ofMillis(2)).retry(RetryPolicy.never()));

        publish(EVENTS, new HashSet<>(), new HashSet<>());

        assertThat(bus.drain(Threads.PATIENCE)).as("drained").isTrue();
        runtime.awaitNoThread();
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> thread.getName().startsWith("eventbus-"));
        SubscriptionMetrics timed = bus.inspect().metrics().subscriptions().get("timed");
        assertThat(timed.timedOut()).isGreaterThanOrEqualTo(EVENTS / 100);
        assertThat(bus.inspect().metrics().subscriptions().get("keyed").retries()).isPositive();
        System.out.println("idle: " + runtime.started() + " threads started for " + EVENTS
                + " events in five subscriptions, none alive; " + timed.timedOut() + " timed out");
    }

    @Test
    void keeps_no_payload_and_no_key_but_that_of_the_last_event() throws Exception {
        subscribeAll();
        Set<Reference<?>> payloads = new HashSet<>();
        Set<Reference<?>> keys = new HashSet<>();

        publish(EVENTS, payloads, keys);

        assertThat(bus.drain(Threads.PATIENCE)).as("drained").isTrue();
        runtime.awaitNoThread();
        awaitCleared(payloads, 0);
        awaitCleared(keys, 1);
        System.out.println("idle: of " + EVENTS + " payloads " + payloads.size() + " are reachable, of as many keys "
                + keys.size());
    }

    private void subscribeAll() {
        RetryPolicy retry = RetryPolicy.fixed(Duration.ofNanos(100_000)).maxAttempts(3);
        bus.subscribe("serial", s -> s.onEvent(Payload.class, IdleTest::failNowAndThen).retry(retry));
        bus.subscribe("keyed", s -> s.onEvent(Payload.class, IdleTest::failNowAndThen)
                .ordering(Ordering.byKey(Payload.class, Payload::key)).retry(retry));
        bus.subscribe("unordered",
                s -> s.onEvent(Payload.class, IdleTest::failNowAndThen).ordering(Ordering.unordered(8))
                        .retry(retry));
        bus.subscribe("synchronous", s -> s.on(Payload.class, payload -> {}).dispatch(Dispatch.synchronous()));
    }

    private static void failNowAndThen(Delivery<Payload> delivery) throws PlantedException {
        if (delivery.attempt() == 1 && delivery.payload().number() % 50 == 0) {
            throw new PlantedException();
        }
    }

    private void publish(int events, Set<Reference<?>> payloads, Set<Reference<?>> keys) {
        for (int i = 0; i < events; i++) {
            String key = "key " + i % KEYS;
            Payload payload = new Payload(key, i);
            payloads.add(new WeakReference<>(payload));
            keys.add(new WeakReference<>(key));
            bus.publish(payload, PublishOptions.options().key(key));
        }
    }

    // A collection clears what is unreachable, all at once; more than one only for references that it does not reach.
    private static void awaitCleared(Set<Reference<?>> references, int left) {
        for (int round = 0; round < 10 && references.size() > left; round++) {
            System.gc();
            references.removeIf(reference -> reference.get() == null);
        }
        assertThat(references.stream().map(Reference::get).toList()).as("still reachable from an idle bus")
                .hasSizeLessThanOrEqualTo(left);
    }
}
