/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import dev.eventbus.subscribe.Delivery;
import dev.eventbus.testkit.World;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The handlers of one run: they fail, sleep and publish as it is drawn, until they are calm. Confined to one simulation. */
final class FailureHandlers {
    /** Depth of an edited payload, whose handler succeeds. */
    static final int EDITED = 100;

    private final World world;
    private final RandomGenerator random;
    private final Recorder recorder;
    private final Returns returns;
    private final AttemptWatch watch;
    private final Consumer<Delivery<Told>> publishNested;
    private final double illness;
    private boolean calm;

    FailureHandlers(World world, Recorder recorder, Returns returns, AttemptWatch watch,
            Consumer<Delivery<Told>> publishNested) {
        this.world = world;
        this.random = world.scenarioRandom();
        this.recorder = recorder;
        this.returns = returns;
        this.watch = watch;
        this.publishNested = publishNested;
        this.illness = 0.1 + 0.1 * random.nextInt(5);
    }

    /** From now on all of them succeed. */
    void calm() {
        calm = true;
    }

    void handle(Feature feature, List<Delivery<Told>> deliveries) throws Exception {
        List<Delivery<Told>> due = deliveries.stream()
                .filter(delivery -> !returns.isLate(feature.name(), delivery.payload().number())).toList();
        if (due.isEmpty()) {
            return;
        }
        AttemptWatch.Call call = watch.begins(feature, due);
        begins(feature, due);
        Throwable failure = null;
        try {
            world.mark("handler");
            work(feature, due.getLast());
        } catch (Throwable thrown) {
            failure = thrown;
            throw thrown;
        } finally {
            watch.ends(call, failure);
            recorder.of(feature.name()).ended(due.getLast().payload().number());
        }
    }

    // Of a batch the last one stands for the call, or each would overlap the others.
    private void begins(Feature feature, List<Delivery<Told>> due) {
        for (Delivery<Told> delivery : due) {
            recorder.of(feature.name()).began(delivery.payload().number());
            if (delivery != due.getLast()) {
                recorder.of(feature.name()).ended(delivery.payload().number());
            }
        }
    }

    private void work(Feature feature, Delivery<Told> delivery) throws Exception {
        if (calm || delivery.payload().depth() == EDITED) {
            world.mark("work");
        } else if (random.nextDouble() < illness) {
            fail(feature);
        } else {
            succeed(feature, delivery);
        }
    }

    private void fail(Feature feature) throws InterruptedException {
        switch (random.nextInt(24)) {
            case 0, 1, 2 -> throw new Planted.Ignored();
            case 3 -> throw new Planted.Final();
            case 4 -> throw feature.hasLanes() ? new Planted.Stopping() : new Planted();
            case 5, 6, 7 -> throw new Planted.Busy();
            case 8 -> throw new AssertionError("planted");
            case 9, 10 -> {
                world.sleep(Duration.ofNanos(random.nextInt(5_000_000)));
                throw new Planted();
            }
            default -> throw new Planted();
        }
    }

    private void succeed(Feature feature, Delivery<Told> delivery) throws InterruptedException {
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> publishNested.accept(delivery);
            case 3, 4, 5 -> world.sleep(Duration.ofNanos(random.nextInt(4_000_000)));
            case 6 -> sleepOverTimeout(feature);
            default -> world.mark("work");
        }
    }

    private void sleepOverTimeout(Feature feature) throws InterruptedException {
        if (feature.timeout() == null) {
            return;
        }
        try {
            world.sleep(feature.timeout().plusMillis(random.nextInt(3) - 1));
        } catch (InterruptedException interrupted) {
            if (random.nextBoolean()) {
                throw interrupted;
            }
            world.sleep(Duration.ofMillis(random.nextInt(30)));
        }
    }
}
