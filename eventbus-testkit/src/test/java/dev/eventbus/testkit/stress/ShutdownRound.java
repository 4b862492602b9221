/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.BufferFullException;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.WouldDeadlockException;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One shutdown of one bus under load: publishers at full rate, handlers that begin to end when the shutdown has begun, and
 * some that do not end by themselves.
 */
final class ShutdownRound {
    private static final int PUBLISHERS = 4;
    private static final int ENOUGH = 100; // events accepted before the shutdown, in four subscriptions
    private static final int PLACES = 256;
    private static final List<String> NAMES = List.of("serial", "keyed", "unordered", "synchronous");

    /** One delivery. */
    private record Id(String subscription, int event) {}

    private final boolean patient; // then all handlers end, and the deadline is far
    private final Duration deadline;
    private final CountedRuntime runtime = new CountedRuntime();
    private final EventBus bus;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<Integer> accepted = ConcurrentHashMap.newKeySet();
    private final Map<Id, Outcome> ends = new ConcurrentHashMap<>();
    private final Set<Id> endedTwice = ConcurrentHashMap.newKeySet();
    private final CountDownLatch enough = new CountDownLatch(ENOUGH);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch reported = new CountDownLatch(1);
    private int unfinished;

    ShutdownRound(int number) {
        patient = number % 4 == 3;
        deadline = patient ? Threads.PATIENCE : Duration.ofMillis(number % 4); // 0, 1, 2 ms
        bus = EventBus.builder("b").runtime(runtime).observe(this::record)
                .retry(RetryPolicy.fixed(Duration.ofNanos(200_000)).maxAttempts(2)).build();
        Overflow overflow = number % 2 == 0 ? Overflow.block(Threads.PATIENCE) : Overflow.REJECT;
        bus.subscribe("serial", s -> s.on(Told.class, this::handle).buffer(PLACES, overflow));
        bus.subscribe("keyed", s -> s.on(Told.class, this::handle).ordering(Ordering.byKey(Told.class, Told::key))
                .concurrency(32).buffer(PLACES, overflow));
        bus.subscribe("unordered",
                s -> s.on(Told.class, this::handle).ordering(Ordering.unordered(16)).buffer(PLACES, overflow));
        bus.subscribe("synchronous", s -> s.on(Told.class, told -> {}).dispatch(Dispatch.synchronous()));
    }

    void run() throws Exception {
        Threads publishers = Threads.start(PUBLISHERS, unused -> publishUntilClosed());
        Threads.await(enough, "events before the shutdown");
        unfinished = bus.inspect().metrics().subscriptions().values().stream().mapToInt(s -> s.inFlight()).sum();

        CloseReport report = bus.shutdown(deadline);
        reported.countDown();
        publishers.join("publishers after the shutdown");
        runtime.awaitNoThread(); // an end that the deadline found halfway has been told by then

        assertThatThrownBy(() -> bus.publish(Told.of(-1, 0))).isInstanceOf(BusClosedException.class);
        check(report);
    }

    /* ---------------- publishers ---------------- */

    private void publishUntilClosed() throws InterruptedException {
        while (true) {
            boolean isClosed = begun.getCount() == 0;
            int number = numbers.getAndIncrement();
            try {
                bus.publish(Told.of(number, number % 64));
                accepted.add(number);
                enough.countDown();
                assertThat(isClosed).as("accepted from outside after the shutdown had begun").isFalse();
            } catch (BusClosedException closed) {
                return;
            } catch (BufferFullException rejected) {
                Threads.await(begun, "shutdown"); // or it would only burn the processor
            }
        }
    }

    /* ---------------- handlers ---------------- */

    private void handle(Told told) throws Exception {
        Threads.await(begun, "shutdown");
        switch (told.number() % 16) {
            case 0 -> {
                if (!patient) {
                    Threads.await(never, "interrupt");
                }
            }
            case 1 -> {
                if (!patient) {
                    awaitReportDeaf();
                }
            }
            case 2, 3 -> throw new PlantedException();
            case 4, 5, 6 -> publishNested(told);
            default -> {
                // Quick.
            }
        }
    }

    private void awaitReportDeaf() {
        while (reported.getCount() > 0) {
            try {
                Threads.await(reported, "report");
            } catch (InterruptedException deaf) {
                // That is the point.
            }
        }
    }

    private void publishNested(Told told) {
        if (told.depth() > 0) {
            return;
        }
        int number = numbers.getAndIncrement();
        try {
            bus.publish(new Told(number, told.key(), 1));
            accepted.add(number);
        } catch (BusClosedException | BufferFullException | WouldDeadlockException rejected) {
            // Then it must have no end.
        }
    }

    /* ---------------- accounts ---------------- */

    private void record(Signal signal) {
        if (signal instanceof Signal.ShutdownBegun) {
            begun.countDown();
        } else if (signal instanceof Signal.Settled end) {
            Id id = new Id(end.subscription(), ((Told) end.event().payload()).number());
            if (ends.put(id, end.outcome()) != null) {
                endedTwice.add(id);
            }
        }
    }

    private void check(CloseReport report) {
        assertThat(report.finished()).isTrue();
        assertThat(endedTwice).isEmpty();
        Set<Id> expected = accepted.stream().flatMap(event -> NAMES.stream().map(name -> new Id(name, event)))
                .collect(Collectors.toSet());
        assertThat(without(expected, ends.keySet())).as("accepted, and never ended").isEmpty();
        assertThat(without(ends.keySet(), expected)).as("ended, and never accepted").isEmpty();
        assertThat(report.returned().stream().map(d -> new Id(d.subscription(), ((Told) d.event().payload()).number())))
                .as("listed").containsExactlyInAnyOrderElementsOf(withOutcome(Outcome.RETURNED).toList());
        assertThat(bus.deadLetters().find(DeadLetterQuery.all()).stream()
                .map(d -> new Id(d.subscription(), ((Told) d.event().payload()).number())))
                .as("letters").containsExactlyInAnyOrderElementsOf(withOutcome(Outcome.DEAD_LETTERED).toList());
        assertThat(handled() + deadLettered() + returned()).isEqualTo(accepted());
        assertThat(bus.inspect().metrics().published()).isEqualTo(accepted.size());
        if (patient) {
            assertThat(report.returned()).isEmpty();
        }
    }

    private static Set<Id> without(Set<Id> all, Set<Id> some) {
        return all.stream().filter(id -> !some.contains(id)).collect(Collectors.toSet());
    }

    private Stream<Id> withOutcome(Outcome outcome) {
        return ends.entrySet().stream().filter(end -> end.getValue() == outcome).map(Map.Entry::getKey);
    }

    int unfinished() {
        return unfinished;
    }

    long accepted() {
        return (long) accepted.size() * NAMES.size();
    }

    long handled() {
        return withOutcome(Outcome.HANDLED).count();
    }

    long deadLettered() {
        return withOutcome(Outcome.DEAD_LETTERED).count();
    }

    long returned() {
        return withOutcome(Outcome.RETURNED).count();
    }
}
