/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.load;

import dev.eventbus.benchmarks.contender.Bus;
import dev.eventbus.benchmarks.contender.Contender;
import dev.eventbus.benchmarks.contender.Setting;
import dev.eventbus.benchmarks.contender.Tick;
import dev.eventbus.benchmarks.contender.TickHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * An open bus that is given batches of events; a batch is over when every handler has handled all of it.
 *
 * <p>One publisher is the calling thread; further ones are platform threads that wait between batches. Keys are drawn at random
 * from 10,000, the same in every run. Not thread-safe; one thread at a time.
 */
public final class Batches implements AutoCloseable {
    private static final int KEYS = 10_000;

    private final String[] keys;
    private final int publishers;
    private final ExecutorService helpers;
    private final Arrivals arrivals;
    private final @Nullable Gate gate;
    private final Contender bus;

    /**
     * Opens a bus.
     *
     * @param bus which
     * @param load what it will be given
     */
    public Batches(Bus bus, Load load) {
        publishers = load.publishers();
        keys = keys(load.mostEvents());
        arrivals = load.mode().isConcurrent()
                ? new MarkedArrivals(load.subscriptions(), load.mostEvents())
                : new CountedArrivals(load.subscriptions());
        helpers = Executors.newFixedThreadPool(Math.max(1, publishers - 1));
        List<TickHandler> handlers = arrivals.handlers();
        if (load.inTurns()) {
            gate = new Gate();
            handlers = handlers.stream().map(gate::before).toList();
        } else {
            gate = null;
        }
        this.bus = bus.open(new Setting(load.mode(), publishers, handlers));
    }

    private static String[] keys(int count) {
        Random random = new Random(42);
        return random.ints(count, 0, KEYS).mapToObj(number -> "key-" + number).toArray(String[]::new);
    }

    /**
     * Publishes a batch and waits for its end.
     *
     * @param events size, at most the largest
     * @throws InterruptedException if the thread was interrupted
     * @throws IllegalStateException if an event did not arrive within 60 s
     */
    public void run(int events) throws InterruptedException {
        arrivals.expect(events);
        if (gate != null) {
            gate.close();
        }
        int share = events / publishers;
        List<Future<?>> others = new ArrayList<>();
        for (int i = 1; i < publishers; i++) {
            int from = (i - 1) * share;
            others.add(helpers.submit(() -> publish(from, from + share)));
        }
        publish((publishers - 1) * share, events);
        for (Future<?> other : others) {
            finish(other);
        }
        if (gate != null) {
            gate.open();
        }
        arrivals.await();
    }

    private void publish(int from, int to) {
        for (int i = from; i < to; i++) {
            bus.publish(new Tick(i, keys[i]));
        }
    }

    private static void finish(Future<?> other) throws InterruptedException {
        try {
            other.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    @Override
    public void close() {
        helpers.close();
        bus.close();
    }
}
