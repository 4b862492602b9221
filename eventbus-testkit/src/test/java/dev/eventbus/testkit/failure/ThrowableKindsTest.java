/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.observe.BusMetrics;
import dev.eventbus.observe.SubscriptionMetrics;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.testkit.failure.ThrowablePlace.Plant;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is thrown wherever users' code runs, each event has one outcome and the next one is handled (B26, D-5, D-7). */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class ThrowableKindsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

    @BeforeEach
    void catchAll() {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
    }

    @AfterEach
    void letGo() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    @ParameterizedTest
    @EnumSource(ThrowablePlace.class)
    void on_virtual_threads_it_is_accounted_for(ThrowablePlace place) throws Exception {
        for (ThrowableKind kind : ThrowableKind.values()) {
            accounts(place, kind, Dispatch.virtualThreads());
        }
        assertThat(uncaught).as("what reached the handler of uncaught exceptions")
                .allMatch(thrown -> thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError));
    }

    @ParameterizedTest
    @EnumSource(ThrowablePlace.class)
    void in_the_callers_thread_it_is_accounted_for(ThrowablePlace place) throws Exception {
        if (!place.isForCaller()) {
            return;
        }
        for (ThrowableKind kind : ThrowableKind.values()) {
            accounts(place, kind, Dispatch.synchronous());
        }
        assertThat(uncaught).isEmpty();
    }

    private static void accounts(ThrowablePlace place, ThrowableKind kind, Dispatch dispatch) throws Exception {
        Plant plant = new Plant(kind);
        EventBusBuilder builder = EventBus.builder("b").lastResort((letter, cause) -> {});
        try (EventBus bus = place.in(builder, plant).build()) {
            bus.subscribe("s", s -> place.in(s, plant).dispatch(dispatch));
            plant.arm(true);
            publishBad(bus, kind);
            assertThat(bus.drain(PATIENCE)).as(kind + ": drained").isTrue();
            plant.arm(false);

            Receipt receipt = bus.publish("good");

            receipt.await(PATIENCE);
            assertThat(receipt.outcomes()).as(kind + ": the next event").containsEntry("s", Outcome.HANDLED);
            assertThat(bus.drain(PATIENCE)).as(kind + ": drained again").isTrue(); // counters follow the receipt
            assertAccounted(bus, kind);
        }
        assertThat(Thread.interrupted()).as(kind + ": left an interrupt")
                .isEqualTo(dispatch.equals(Dispatch.synchronous())
                        && kind == ThrowableKind.INTERRUPTED
                        && (place == ThrowablePlace.HANDLER || place == ThrowablePlace.RETRY));
    }

    private static void publishBad(EventBus bus, ThrowableKind kind) {
        try {
            bus.publish("bad");
        } catch (VirtualMachineError fatal) { // only in the caller's thread, and only these (D-5)
            assertThat(kind.isFatal()).as(kind + " was thrown by publish").isTrue();
        }
    }

    private static void assertAccounted(EventBus bus, ThrowableKind kind) {
        BusMetrics metrics = bus.inspect().metrics();
        SubscriptionMetrics subscription = metrics.subscriptions().get("s");
        assertThat(metrics.published()).as(kind + ": published").isEqualTo(2);
        assertThat(subscription.settled()).as(kind + ": outcomes").isEqualTo(2);
        assertThat(subscription.inFlight()).as(kind + ": in flight").isZero();
        assertThat(metrics.deadLetters() + metrics.lastResorts()).as(kind + ": letters")
                .isEqualTo(subscription.deadLettered());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lanes", "caller"})
    void a_redrive_that_fails_with_it_keeps_the_letter_and_one_that_does_not_handles_it(String where) throws Exception {
        Dispatch dispatch = where.equals("lanes") ? Dispatch.virtualThreads() : Dispatch.synchronous();
        for (ThrowableKind kind : ThrowableKind.values()) {
            Plant plant = new Plant(kind);
            try (EventBus bus = EventBus.create("b")) {
                bus.subscribe("s", s -> ThrowablePlace.HANDLER.in(s, plant).dispatch(dispatch));
                plant.arm(true);
                publishBad(bus, kind);
                assertThat(bus.drain(PATIENCE)).as(kind + ": drained").isTrue();
                redriveBad(bus, kind);
                List<DeadLetter> letters = bus.deadLetters().find(DeadLetterQuery.all());
                assertThat(letters).as(kind + ": letters").hasSize(1);
                assertThat(letters.getFirst().attempts()).as(kind + ": attempts").hasSize(2);
                plant.arm(false);
                boolean unused = Thread.interrupted();

                assertThat(bus.deadLetters().redrive(DeadLetterQuery.all()).handled()).as(kind + ": handled")
                        .isEqualTo(1);
            }
        }
    }

    private static void redriveBad(EventBus bus, ThrowableKind kind) {
        try {
            assertThat(bus.deadLetters().redrive(DeadLetterQuery.all()).failed()).as(kind + ": failed").isEqualTo(1);
        } catch (VirtualMachineError fatal) {
            assertThat(kind.isFatal()).as(kind + " was thrown by redrive").isTrue();
        }
    }
}
