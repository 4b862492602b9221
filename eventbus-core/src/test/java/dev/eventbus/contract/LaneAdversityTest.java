/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.error.ConfigurationException;
import dev.eventbus.fixture.HookedRuntime;
import dev.eventbus.fixture.Threads;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.SubscriptionMetrics;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.BufferFullException;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import dev.eventbus.subscribe.Subscription;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each place in a lane is given back once, whatever comes between. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class LaneAdversityTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final HookedRuntime runtime = new HookedRuntime();
    private final Gate gate = new Gate();

    private EventBusBuilder builder() {
        return EventBus.builder("b").clocks(runtime).runtime(runtime);
    }

    private static SubscriptionMetrics metrics(EventBus bus) {
        return bus.inspect().metrics().subscriptions().get("s");
    }

    private static boolean drain(EventBus bus) {
        return Threads.result(Threads.start(() -> bus.drain(LONG)), "a quiet moment");
    }

    @Test
    @Rule({"P-2", "M-1"})
    void a_rejected_publish_holds_no_place_though_one_came_back_meanwhile() {
        EventBus bus = builder().build();
        bus.subscribe("s", s -> s.on(Integer.class, n -> gate.pass()).buffer(1, Overflow.REJECT));
        bus.publish(1);
        gate.awaitReached();
        runtime.atNextClockRead(() -> { // it has found no place and is about to be rejected
            gate.open();
            assertThat(drain(bus)).isTrue();
        });

        assertThatThrownBy(() -> bus.publish(2)).isInstanceOf(BufferFullException.class);

        assertThat(metrics(bus).inFlight()).isZero();
        bus.publish(3);
        assertThat(drain(bus)).isTrue();
        assertThat(metrics(bus).handled()).isEqualTo(2);
        bus.close();
    }

    @Test
    @Rule({"S-1", "M-1"})
    void a_cut_between_taking_a_delivery_and_attempting_it_gives_its_place_back_once() throws InterruptedException {
        EventBus bus = builder().build();
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch cut = new CountDownLatch(1);
        Subscription open = bus.subscribe("s", s -> s.on(Integer.class, n -> {}).ordering(Ordering.unordered(4)));
        open.pause();
        bus.publish(1);
        bus.publish(2);
        runtime.atStart(name -> {
            if (Thread.currentThread().isVirtual()) { // the first worker, which has taken one and found another
                taken.countDown();
                Threads.await(cut, "the cut");
            }
        });
        open.resume();
        Latches.await(taken, "the call for a second worker");

        CloseReport report = bus.shutdown(Duration.ZERO);
        cut.countDown();
        runtime.awaitThreads();

        assertThat(report.returned()).hasSize(2);
        assertThat(metrics(bus).returned()).isEqualTo(2);
        assertThat(metrics(bus).inFlight()).isZero();
    }

    @Test
    @Rule("M-1")
    void a_closed_subscription_is_forgotten() throws InterruptedException {
        EventBus bus = builder().build();
        WeakReference<Object> handler = openAndClose(bus);
        bus.publish("x");
        runtime.awaitThreads();

        for (int i = 0; i < 20 && !handler.refersTo(null); i++) {
            System.gc();
        }

        assertThat(handler.refersTo(null)).as("the handler of a closed subscription is gone").isTrue();
        Reference.reachabilityFence(bus);
    }

    @Test
    @Rule({"M-1", "X-3"})
    void the_payload_of_a_letter_that_was_handled_is_forgotten() throws InterruptedException {
        EventBus bus = builder().retry(RetryPolicy.never()).build();
        WeakReference<Object> payload = redrive(bus);
        runtime.awaitThreads();

        for (int i = 0; i < 20 && !payload.refersTo(null); i++) {
            System.gc();
        }

        assertThat(payload.refersTo(null)).as("the payload of a letter that was handled is gone").isTrue();
        Reference.reachabilityFence(bus);
    }

    private static WeakReference<Object> redrive(EventBus bus) throws InterruptedException {
        AtomicBoolean broken = new AtomicBoolean(true);
        bus.subscribe("s", s -> s.on(byte[].class, bytes -> {
            if (broken.get()) {
                throw new IOException("no");
            }
        }));
        byte[] payload = new byte[1];
        bus.publish(payload);
        assertThat(drain(bus)).isTrue();
        broken.set(false);
        assertThat(bus.deadLetters().redrive(DeadLetterQuery.all()).handled()).isEqualTo(1);
        assertThat(drain(bus)).isTrue();
        return new WeakReference<>(payload);
    }

    private static WeakReference<Object> openAndClose(EventBus bus) throws InterruptedException {
        List<String> log = new ArrayList<>();
        Subscription open = bus.subscribe(String.class, "s", log::add);
        bus.publish("x");
        assertThat(bus.drain(LONG)).isTrue();
        assertThat(open.closeAndAwait(LONG)).isTrue();
        return new WeakReference<>(log);
    }

    @ParameterizedTest
    @CsvSource({"100, 0.07, 7", "1000, 0.07, 70", "100, 0.29, 29", "8, 0.25, 2", "10, 0.25, 3", "10, 0.001, 1"})
    @Rule({"O-2", "M-2"})
    void a_share_is_what_its_decimals_say_rounded_up(int places, double share, int most) throws InterruptedException {
        EventBus bus = builder().retry(RetryPolicy.fixed(Duration.ofDays(1)).maxAttempts(2)).build();
        CountDownLatch waits = new CountDownLatch(1);
        runtime.atStart(name -> {
            if (name.endsWith("-timers")) {
                waits.countDown();
            }
        });
        bus.subscribe("s", s -> s.on(Integer.class, n -> {
            throw new IOException("no");
        }).ordering(Ordering.byKey()).sequenced(SequencePolicy.none()).buffer(places, Overflow.REJECT)
                .keyShare(share));
        bus.publish(0, PublishOptions.options().key("k"));
        Latches.await(waits, "the wait for the retry");

        for (int n = 1; n < most; n++) {
            bus.publish(n, PublishOptions.options().key("k"));
        }

        assertThatThrownBy(() -> bus.publish(most, PublishOptions.options().key("k")))
                .isInstanceOf(BufferFullException.class).hasMessageContaining("keyShare=" + most);
        assertThat(bus.shutdown(Duration.ZERO).returned()).hasSize(most);
    }

    @Test
    @Rule("M-1")
    @SuppressWarnings("NullAway") // bad use on purpose
    void the_records_of_an_order_refuse_bad_use_like_its_methods() {
        assertThatThrownBy(() -> new Ordering.ByKey(null)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> new Ordering.KeyOf<String>(null, null)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> new Ordering.KeyOf<>(String.class, null)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> new Ordering.Unordered(0)).isInstanceOf(ConfigurationException.class);
    }

    @RepeatedTest(20)
    @Rule({"D-1", "M-1"})
    void what_is_dropped_while_others_are_retried_leaves_no_place_taken() {
        EventBus bus = EventBus.builder("b").retry(RetryPolicy.fixed(Duration.ofNanos(1)).maxAttempts(3))
                .deadLetters(DeadLetterStore.inMemory(1)).lastResort((letter, failure) -> {}).build();
        bus.subscribe("s", s -> s.on(Integer.class, n -> {
            throw new IOException("no");
        }).ordering(Ordering.unordered(2)).buffer(2, Overflow.DROP_OLDEST));

        Threads.together(3, thread -> () -> {
            for (int n = 0; n < 30; n++) {
                bus.publish(n);
            }
            return true;
        });

        assertThat(drain(bus)).isTrue();
        assertThat(metrics(bus).settled()).isEqualTo(90);
        assertThat(metrics(bus).inFlight()).isZero();
        bus.close();
    }

    @RepeatedTest(20)
    @Rule({"P-2", "M-1"})
    void rejections_under_load_leave_no_place_taken() {
        EventBus bus = EventBus.builder("b").build();
        bus.subscribe("s",
                s -> s.on(Integer.class, n -> {}).ordering(Ordering.unordered(2)).buffer(2, Overflow.REJECT));

        List<Integer> accepted = Threads.together(3, thread -> () -> publishUntilFull(bus));

        assertThat(drain(bus)).isTrue();
        assertThat(metrics(bus).handled()).isEqualTo(accepted.stream().mapToInt(n -> n).sum());
        assertThat(metrics(bus).inFlight()).isZero();
        bus.close();
    }

    private static int publishUntilFull(EventBus bus) {
        int accepted = 0;
        for (int n = 0; n < 200; n++) {
            try {
                bus.publish(n);
                accepted++;
            } catch (BufferFullException expected) {
                // The next one may find a place.
            }
        }
        return accepted;
    }
}
