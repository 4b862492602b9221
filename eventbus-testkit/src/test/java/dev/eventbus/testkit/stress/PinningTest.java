/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.observe.SubscriptionMetrics;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.Delivery;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import dev.eventbus.subscribe.Subscription;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No wait of the bus holds a carrier thread (B21, G31): the flight recorder sees no pinned virtual thread. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PinningTest {
    private static final int EVENTS = Integer.getInteger("stress.pinning", 100_000);
    private static final int PUBLISHERS = 4;
    private static final String PINNED = "jdk.VirtualThreadPinned";

    @TempDir
    private Path directory;

    /** Pins on every JDK: the frame of a class initializer is the virtual machine's. */
    private static final class Planted {
        static final boolean DONE;

        static {
            LockSupport.parkNanos(1_000_000);
            DONE = true;
        }
    }

    @Test
    void the_recording_sees_a_planted_pinned_wait() throws Exception {
        List<RecordedEvent> pinned = record(() -> Threads.startVirtual(1, unused -> assertThat(Planted.DONE).isTrue())
                .join("planted wait"));

        assertThat(pinned).isNotEmpty();
    }

    // JEP 491: from 24 on only native frames pin.
    @Test
    void it_sees_a_wait_inside_synchronized_where_that_pins() throws Exception {
        List<RecordedEvent> pinned = record(() -> Threads.startVirtual(1, unused -> {
            synchronized (new Object()) {
                LockSupport.parkNanos(1_000_000);
            }
        }).join("wait inside synchronized"));

        if (Runtime.version().feature() < 24) {
            assertThat(pinned).isNotEmpty();
        } else {
            assertThat(pinned).isEmpty();
        }
    }

    @Test
    void it_sees_none_of_the_bus() throws Exception {
        runBus(EVENTS / 20); // classes are initialized, where waits may pin

        List<RecordedEvent> pinned = record(() -> runBus(EVENTS));

        System.out.println("pinning: " + EVENTS + " events on JDK " + Runtime.version().feature() + ": " + pinned.size()
                + " pinned waits");
        assertThat(pinned).as("pinned waits").isEmpty();
    }

    /** What is recorded. */
    @FunctionalInterface
    private interface Load {
        void run() throws Exception;
    }

    private List<RecordedEvent> record(Load load) throws Exception {
        Path file = directory.resolve("pinned.jfr");
        try (Recording recording = new Recording()) {
            recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
            recording.start();
            load.run();
            recording.stop();
            recording.dump(file);
        }
        return read(file);
    }

    private static List<RecordedEvent> read(Path file) throws IOException {
        return RecordingFile.readAllEvents(file).stream().filter(event -> event.getEventType().getName().equals(PINNED))
                .filter(event -> !loadsClasses(event)).toList();
    }

    // Whoever is the first to use a class may wait for the loader, once, and nothing is to be done about it.
    private static boolean loadsClasses(RecordedEvent event) {
        return event.getStackTrace() != null && event.getStackTrace().getFrames().stream()
                .anyMatch(frame -> frame.getMethod().getType().getName().equals(ClassLoader.class.getName()));
    }

    // Waits of every kind: publishers for room, lanes for retries, handlers until their timeout, a paused subscription.
    private static void runBus(int events) throws Exception {
        try (EventBus bus = EventBus.builder("b").lastResort((letter, cause) -> {}).build()) {
            RetryPolicy retry = RetryPolicy.fixed(Duration.ofNanos(50_000)).maxAttempts(3);
            Subscription serial = bus.subscribe("serial", s -> s.onEvent(Told.class, PinningTest::failNowAndThen)
                    .buffer(64, Overflow.block(Threads.PATIENCE)).retry(retry));
            Subscription keyed = bus.subscribe("keyed", s -> s.onEvent(Told.class, PinningTest::failNowAndThen)
                    .ordering(Ordering.byKey(Told.class, Told::key)).buffer(256, Overflow.block(Threads.PATIENCE))
                    .retry(retry));
            bus.subscribe("timed", s -> s.on(Told.class, PinningTest::hangNowAndThen).ordering(Ordering.unordered(64))
                    .timeout(Duration.ofMillis(2)).buffer(256, Overflow.block(Threads.PATIENCE))
                    .retry(RetryPolicy.never()));
            AtomicInteger left = new AtomicInteger(PUBLISHERS);
            Threads publishers = Threads.startVirtual(PUBLISHERS + 1, number -> {
                if (number == PUBLISHERS) {
                    pauseNowAndThen(serial, keyed, left);
                    return;
                }
                for (int i = number; i < events; i += PUBLISHERS) {
                    bus.publish(Told.of(i, i % 100));
                }
                left.decrementAndGet();
            });
            publishers.join("publishers");
            assertThat(bus.drain(Threads.PATIENCE)).as("drained").isTrue();
            SubscriptionMetrics timed = bus.inspect().metrics().subscriptions().get("timed");
            assertThat(timed.timedOut()).isGreaterThanOrEqualTo(events / 500);
            assertThat(timed.settled()).isEqualTo(events);
        }
    }

    private static void pauseNowAndThen(Subscription serial, Subscription keyed, AtomicInteger publishers) {
        for (int key = 0; publishers.get() > 0; key = (key + 1) % 100) {
            serial.pause();
            keyed.pause(key);
            LockSupport.parkNanos(200_000); // part of the load
            serial.resume();
            keyed.resume(key);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static void failNowAndThen(Delivery<Told> delivery) throws PlantedException {
        if (delivery.attempt() == 1 && delivery.payload().number() % 50 == 0) {
            throw new PlantedException();
        }
    }

    private static void hangNowAndThen(Told told) throws InterruptedException {
        if (told.number() % 500 == 0) {
            Threads.await(new CountDownLatch(1), "the interrupt of the timeout");
        }
    }
}
