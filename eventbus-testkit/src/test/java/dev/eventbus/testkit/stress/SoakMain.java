/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import dev.eventbus.EventBus;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.observe.SubscriptionMetrics;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.Delivery;
import dev.eventbus.subscribe.Ordering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A program of its own, for a small heap: many events, first over some keys, then each with its own. Used once. */
final class SoakMain {
    private static final int SAMPLES = 10;
    private static final int PUBLISHERS = 2;
    private static final int FEW_KEYS = 10_000;
    private static final int FAILS_ONCE = 200; // one event of so many
    private static final int FAILS_ALWAYS = 20_000; // the same
    private static final long MOST_APART = 16L << 20;
    private static final long MOST_TREND = 1L << 20; // from the first half of the last 80 % to the second, on average
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** The payload: its number is its key, or gives it. */
    private record Step(long number, long key) {}

    private final EventBus bus;
    private final long perSample;
    private long published;

    private SoakMain(long events) {
        perSample = events / SAMPLES;
        bus = EventBus.builder("soak").retry(RetryPolicy.fixed(Duration.ofMillis(1)).maxAttempts(3)).build();
        bus.subscribe("keyed",
                s -> s.onEvent(Step.class, SoakMain::handle).ordering(Ordering.byKey(Step.class, Step::key)));
        bus.subscribe(Step.class, "serial", step -> {});
    }

    /** Takes the number of events; ends with 1 if the live set grows. */
    public static void main(String[] args) throws Exception {
        SoakMain soak = new SoakMain(Long.parseLong(args[0]));
        boolean flat = soak.isFlat("over " + FEW_KEYS + " keys", FEW_KEYS)
                & soak.isFlat("over as many keys", Long.MAX_VALUE);
        soak.bus.close();
        System.exit(flat ? 0 : 1);
    }

    private boolean isFlat(String what, long keys) throws Exception {
        List<Long> live = new ArrayList<>();
        long begun = System.nanoTime();
        for (int sample = 0; sample < SAMPLES; sample++) {
            publish(keys);
            live.add(LiveSet.bytes());
        }
        long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        List<Long> last = live.subList(SAMPLES / 5, SAMPLES);
        long apart = last.stream().mapToLong(Long::longValue).max().orElse(0)
                - last.stream().mapToLong(Long::longValue).min().orElse(0);
        long trend = mean(last.subList(last.size() / 2, last.size())) - mean(last.subList(0, last.size() / 2));
        System.out.println("soak: " + SAMPLES * perSample + " events " + what + " in " + seconds + " s, heap "
                + (Runtime.getRuntime().maxMemory() >> 20) + " MiB, live KiB "
                + live.stream().map(bytes -> bytes >> 10).toList()
                + ", last 80 % apart " + (apart >> 10) + " KiB, trend " + (trend >> 10) + " KiB");
        return apart <= MOST_APART && trend <= MOST_TREND;
    }

    private static long mean(List<Long> values) {
        return (long) values.stream().mapToLong(Long::longValue).average().orElse(0);
    }

    private void publish(long keys) throws Exception {
        long first = published;
        published += perSample;
        Threads.start(PUBLISHERS, number -> {
            for (long i = first + number; i < first + perSample; i += PUBLISHERS) {
                bus.publish(new Step(i, i % keys));
            }
        }).join("publishers", PATIENCE);
        if (!bus.drain(PATIENCE)) {
            throw new AssertionError("not drained: " + bus.inspect().metrics());
        }
        bus.deadLetters().discard(DeadLetterQuery.all(), "known");
        for (SubscriptionMetrics metrics : bus.inspect().metrics().subscriptions().values()) {
            if (metrics.settled() != published) {
                throw new AssertionError("published=" + published + ", but " + metrics);
            }
        }
    }

    private static void handle(Delivery<Step> delivery) throws PlantedException {
        long number = delivery.payload().number();
        if (number % FAILS_ALWAYS == 0 || (delivery.attempt() == 1 && number % FAILS_ONCE == 1)) {
            throw new PlantedException();
        }
    }
}
