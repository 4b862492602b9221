/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.Mdc;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.NoSubscription;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.ScheduledPublish;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import dev.eventbus.subscribe.Subscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever goes wrong, nobody reads a payload or the value of an attribute because of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class PrivacyContractTest {
    private static final String CANARY = "canary-4111";
    private static final PublishOptions OPTIONS = PublishOptions.options().attribute("card", CANARY);

    /** Prints itself as records do. */
    private record Payment(String card) {}

    /** Whatever may go wrong. */
    private interface Work {
        void run() throws InterruptedException;
    }

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    private EventBusBuilder bus() {
        return EventBus.builder("b").dispatch(Dispatch.synchronous()).observe(this::tell).observe(Mdc.slf4j())
                .observe(signal -> {
                    throw new IllegalStateException("observer");
                }).retry(RetryPolicy.fixed(ofMillis(1)).maxAttempts(2));
    }

    /** Keeps what anybody could read of a thing: its text, and those of what it holds. */
    private void tell(Object thing) {
        told.add(String.valueOf(thing));
        switch (thing) {
            case Throwable thrown -> {
                told.add(String.valueOf(thrown.getMessage()));
                if (thrown.getCause() != null) {
                    tell(thrown.getCause());
                }
            }
            case Signal.Published published -> {
                tell(published.event());
                tell(published.event().metadata());
            }
            case DeadLetter letter -> letter.attempts().forEach(this::tell);
            case CloseReport report -> {
                report.returned().forEach(this::tell);
                report.scheduled().forEach(this::tell);
            }
            default -> {
            }
        }
    }

    private void publish(EventBus bus) {
        try {
            tell(bus.publish(new Payment(CANARY), OPTIONS));
        } catch (RuntimeException thrown) {
            tell(thrown);
        }
    }

    private static void fail() {
        throw new IllegalStateException("down", new IllegalArgumentException("no"));
    }

    /** Runs what may go wrong with the log at its most talkative, and returns how often the canary was seen. */
    private long seen(Work work) throws InterruptedException {
        try (CapturedLog log = CapturedLog.of("dev.eventbus")) {
            work.run();
            told.addAll(log.lines());
        }
        assertThat(told).as("all that was told").isNotEmpty();
        return told.stream().filter(text -> text.contains(CANARY)).count();
    }

    @Test
    @Rule("X-1")
    void a_handler_a_filter_a_key_function_and_a_store_that_fail_tell_nothing() throws InterruptedException {
        FaultyStore store = new FaultyStore(DeadLetterStore.inMemory(10));
        assertThat(seen(() -> {
            EventBus bus = bus().deadLetters(store).build();
            bus.subscribe("handler", s -> s.on(Payment.class, payment -> fail()));
            bus.subscribe("filter", s -> s.on(Payment.class, payment -> fail()).filter(Payment.class, e -> {
                throw new IllegalStateException("filter");
            }));
            bus.subscribe("key", s -> s.on(Payment.class, payment -> fail()).dispatch(Dispatch.virtualThreads())
                    .ordering(Ordering.byKey(Payment.class, payment -> {
                        throw new IllegalStateException("key");
                    })));
            publish(bus);
            store.broken = true;
            publish(bus);
            store.broken = false;
            tell(bus.inspect().health());
            tell(bus.inspect().metrics());
            bus.deadLetters().find(DeadLetterQuery.all()).forEach(this::tell);
            tell(bus.shutdown(ofSeconds(10)));
        })).as("times that the payload was told").isZero();
        assertThat(told).anyMatch(text -> text.startsWith("DeadLetter[")).anyMatch(text -> text.startsWith("ERROR"))
                .anyMatch(text -> text.startsWith("WARN"));
    }

    @Test
    @Rule("X-1")
    void edits_redrives_and_discards_tell_nothing() throws InterruptedException {
        assertThat(seen(() -> {
            EventBus bus = bus().build();
            bus.subscribe("handler", s -> s.on(Payment.class, payment -> fail()));
            publish(bus);
            publish(bus);
            DeadLetter letter = bus.deadLetters().find(DeadLetterQuery.all()).getFirst();
            bus.deadLetters().edit(letter.id(), new Payment(CANARY + "-2"), "ticket 7");
            bus.deadLetters().find(DeadLetterQuery.all()).forEach(one -> {
                tell(one);
                one.edits().forEach(this::tell);
            });
            tell(catchThrowable(() -> bus.deadLetters().edit(letter.id(), CANARY, "wrong type")));
            tell(bus.deadLetters().redrive(DeadLetterQuery.all()));
            bus.deadLetters().summary().forEach(this::tell);
            tell(bus.deadLetters().discard(DeadLetterQuery.all(), "gone"));
            bus.close();
        })).as("times that the payload was told").isZero();
    }

    @Test
    @Rule("P-2")
    void rejections_tell_nothing() throws InterruptedException {
        assertThat(seen(() -> {
            EventBus bus = bus().maxDepth(1).noSubscription(NoSubscription.THROW)
                    .validate(Payment.class,
                            v -> v.require("card", !v.payload().card().endsWith("bad"), "must be good"))
                    .build();
            tell(catchThrowable(() -> bus.publish(new Payment(CANARY), OPTIONS)));
            bus.subscribe("circle", s -> s.onEvent(Payment.class,
                    delivery -> delivery.publisher().publish(delivery.payload(), OPTIONS)).propagate());
            tell(catchThrowable(() -> bus.publish(new Payment(CANARY + "bad"), OPTIONS)));
            tell(catchThrowable(() -> bus.publish(new Payment(CANARY), OPTIONS)));
            Subscription full = bus.subscribe("full", s -> s.on(Payment.class, payment -> fail())
                    .dispatch(Dispatch.virtualThreads()).buffer(1, Overflow.REJECT));
            full.pause();
            publish(bus);
            publish(bus);
            tell(full);
            tell(bus.shutdown(ofMillis(1)));
            publish(bus);
        })).as("times that the payload was told").isZero();
        assertThat(told).anyMatch(text -> text.contains("must be good")).anyMatch(text -> text.contains("is full"))
                .anyMatch(text -> text.contains("closed"));
    }

    @Test
    @Rule("S-1")
    void what_a_shutdown_gives_back_and_what_times_out_tells_nothing() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch timedOut = new CountDownLatch(1);
        assertThat(seen(() -> {
            EventBus bus = bus().observe(signal -> {
                if (signal instanceof Signal.TimedOut) {
                    timedOut.countDown();
                }
            }).build();
            bus.subscribe("slow", s -> s.on(Payment.class, payment -> never.await()).timeout(ofMillis(5))
                    .dispatch(Dispatch.virtualThreads()).retry(RetryPolicy.fixed(ofDays(1)).maxAttempts(2))
                    .idempotent(IdempotencyPolicy.byKey(Payment.class, payment -> "key-1", ofHours(1))));
            publish(bus);
            publish(bus);
            ScheduledPublish later = bus.publishAfter(ofDays(1), new Payment(CANARY), OPTIONS);
            tell(later);
            tell(OPTIONS);
            Latches.await(timedOut, "the timeout");
            tell(bus);
            tell(bus.shutdown(ofMillis(10)));
        })).as("times that the payload was told").isZero();
        assertThat(told).anyMatch(text -> text.startsWith("WithdrawnPublish"))
                .anyMatch(text -> text.startsWith("ReturnedDelivery"));
    }

    @Test
    void a_payload_in_a_log_line_or_an_exception_is_found() throws InterruptedException {
        assertThat(seen(() -> tell(new IllegalStateException("no", new RuntimeException(CANARY))))).isPositive();
        told.clear();
        assertThat(seen(() -> org.slf4j.LoggerFactory.getLogger("dev.eventbus.planted").trace("saw {}",
                new Payment(CANARY)))).isOne();
        told.clear();
        assertThat(seen(() -> tell(new Payment(CANARY)))).isOne();
    }
}
