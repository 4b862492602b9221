/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.contender;

import static dev.eventbus.benchmarks.contender.DeliveryMode.CALLER;
import static dev.eventbus.benchmarks.contender.DeliveryMode.KEYED;
import static dev.eventbus.benchmarks.contender.DeliveryMode.SERIAL;
import static dev.eventbus.benchmarks.contender.DeliveryMode.UNORDERED;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The buses, ours first; each takes part in the modes where its promise comes nearest to ours.
 *
 * <p>Ours, the Disruptor and {@code SubmissionPublisher} hold at most 8,192 events per subscription (per ring) and make
 * publishers wait. Guava, MBassador, greenrobot and Vert.x queue without bound and hold at most one batch;
 * {@link #GUAVA_BOUNDED} shows what a bound costs.
 *
 * <p>Immutable.
 */
public enum Bus {
    /** This library with its shipped defaults. */
    EVENTBUS(Set.of(DeliveryMode.values()), EventbusContender::new),
    /** Guava's asynchronous bus, one virtual thread per delivery. */
    GUAVA_VIRTUAL(Set.of(SERIAL, KEYED, UNORDERED),
            setting -> new GuavaContender(setting, Executors.newVirtualThreadPerTaskExecutor())),
    /** Guava's asynchronous bus with a pool of two threads. */
    GUAVA_POOL(Set.of(SERIAL, KEYED, UNORDERED),
            setting -> new GuavaContender(setting, Executors.newFixedThreadPool(Setting.POOL))),
    /** Guava's asynchronous bus with a pool of two threads and our bound: who publishes waits while 8,192 deliveries do. */
    GUAVA_BOUNDED(Set.of(SERIAL, KEYED, UNORDERED), setting -> new GuavaContender(setting, boundedPool())),
    /** MBassador: one dispatching thread for all subscriptions, or unordered a pool of two for its handlers. */
    MBASSADOR(Set.of(SERIAL, UNORDERED), MBassadorContender::new),
    /** greenrobot: its background thread for all subscriptions; unordered its asynchronous mode with a pool of two. */
    GREENROBOT(Set.of(CALLER, SERIAL, UNORDERED), GreenrobotContender::new),
    /** Vert.x, not clustered: an event loop context per subscription. */
    VERTX(Set.of(SERIAL), VertxContender::new),
    /** The Disruptor with a blocking wait: a thread per subscription. */
    DISRUPTOR(Set.of(SERIAL), DisruptorContender::new),
    /** The JDK's publisher with its own choice of threads. */
    SUBMISSION_PUBLISHER(Set.of(SERIAL), SubmissionPublisherContender::new),
    /** No bus: the publisher calls the handlers, which shows what the machine and the load themselves cost. */
    NONE(Set.of(CALLER), NoBus::new);

    private final Set<DeliveryMode> modes;
    private final Function<Setting, Contender> factory;

    Bus(Set<DeliveryMode> modes, Function<Setting, Contender> factory) {
        this.modes = modes;
        this.factory = factory;
    }

    private static ExecutorService boundedPool() {
        BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(Setting.BUFFER);
        return new ThreadPoolExecutor(Setting.POOL, Setting.POOL, 0, TimeUnit.SECONDS, queue,
                (task, pool) -> put(queue, task));
    }

    private static void put(BlockingQueue<Runnable> queue, Runnable task) {
        try {
            queue.put(task);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Returns those that take part in a mode.
     *
     * @param mode the mode
     * @return ours first
     */
    public static List<Bus> in(DeliveryMode mode) {
        return Arrays.stream(values()).filter(bus -> bus.modes.contains(mode)).toList();
    }

    /**
     * Opens a bus and subscribes the handlers.
     *
     * @param setting says how
     * @return the open bus
     * @throws IllegalArgumentException if the bus does not take part in the mode
     */
    public Contender open(Setting setting) {
        if (!modes.contains(setting.mode())) {
            throw new IllegalArgumentException(this + " takes no part in mode " + setting.mode());
        }
        return factory.apply(setting);
    }
}
