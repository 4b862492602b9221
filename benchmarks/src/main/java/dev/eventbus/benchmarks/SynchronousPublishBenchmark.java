/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks;

import dev.eventbus.EventBus;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.EventHandler;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.engio.mbassy.bus.IMessagePublication;
import net.engio.mbassy.bus.SyncMessageBus;
import net.engio.mbassy.bus.error.IPublicationErrorHandler;
import net.engio.mbassy.listener.Handler;
import net.engio.mbassy.listener.Listener;
import net.engio.mbassy.listener.References;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to publish an event to 0, 1 or 4 handlers in the caller's thread?
 *
 * <p>Ours runs as it ships, but for the dispatch: with metadata, counters and a receipt, which the peers have not. Peers are
 * set up to their advantage: strong references, and no event about an event that nobody takes where that can be turned off
 * (greenrobot; not Guava and MBassador). Every publish allocates its event, as users do. Four handlers are of four classes, since
 * a call that the compiler can foresee is what no application has. The heap is fixed and touched, so that its growth is nobody's
 * cost.
 *
 * {@snippet lang="shell" :
 * mvn -q -Pbench -Djmh.args='-prof gc SynchronousPublish'    # about 6 minutes; ends with the table
 * }
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(value = 3, jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"})
public class SynchronousPublishBenchmark {
    /**
     * The event.
     *
     * @param amount what handlers add up
     */
    public record Sale(long amount) {}

    /** The handlers' work, the same for all buses; each finds its own annotation. */
    @Listener(references = References.Strong)
    public abstract static class Total {
        private long total;

        /**
         * Handles an event.
         *
         * @param sale the event
         */
        @com.google.common.eventbus.Subscribe
        @org.greenrobot.eventbus.Subscribe
        @Handler
        public void add(Sale sale) {
            total += sale.amount();
        }
    }

    /** First class of handlers. */
    public static final class First extends Total {}

    /** Second class of handlers. */
    public static final class Second extends Total {}

    /** Third class of handlers. */
    public static final class Third extends Total {}

    /** Fourth class of handlers. */
    public static final class Fourth extends Total {}

    /** How many handlers, and what the next event says. */
    @State(Scope.Thread)
    public abstract static class Bus {
        /** Number of handlers. */
        @Param({"0", "1", "4"})
        public int handlers;

        private long amount;

        /** Creates the bus and subscribes the handlers. */
        @Setup
        public abstract void open();

        Sale next() {
            return new Sale(amount++);
        }

        List<Total> totals() {
            return List.of(new First(), new Second(), new Third(), new Fourth()).subList(0, handlers);
        }
    }

    /** This library. */
    public static class EventbusState extends Bus {
        private EventBus bus;

        @Override
        public void open() {
            bus = EventBus.builder("benchmark").dispatch(Dispatch.synchronous()).build();
            First first = new First();
            Second second = new Second();
            Third third = new Third();
            Fourth fourth = new Fourth();
            List<EventHandler<Sale>> all = List.of(first::add, second::add, third::add, fourth::add);
            for (int i = 0; i < handlers; i++) {
                bus.subscribe(Sale.class, "total-" + i, all.get(i));
            }
        }

        /** Closes the bus. */
        @TearDown
        public void close() {
            bus.close();
        }
    }

    /** Guava's bus. */
    public static class GuavaState extends Bus {
        private com.google.common.eventbus.EventBus bus;

        @Override
        public void open() {
            bus = new com.google.common.eventbus.EventBus("benchmark");
            totals().forEach(bus::register);
        }
    }

    /** The bus of greenrobot; its handlers run in the caller's thread unless they say otherwise. */
    public static class GreenrobotState extends Bus {
        private org.greenrobot.eventbus.EventBus bus;

        @Override
        public void open() {
            bus = org.greenrobot.eventbus.EventBus.builder().sendNoSubscriberEvent(false).logNoSubscriberMessages(false)
                    .build();
            totals().forEach(bus::register);
        }
    }

    /** MBassador without its asynchronous half. */
    public static class MBassadorState extends Bus {
        private SyncMessageBus<Object> bus;

        @Override
        public void open() {
            bus = new SyncMessageBus<>(new IPublicationErrorHandler.ConsoleLogger());
            totals().forEach(bus::subscribe);
        }
    }

    /**
     * Measures this library.
     *
     * @param state the bus
     * @return the receipt
     */
    @Benchmark
    public Receipt eventbus(EventbusState state) {
        return state.bus.publish(state.next());
    }

    /**
     * Measures Guava.
     *
     * @param state the bus
     */
    @Benchmark
    public void guava(GuavaState state) {
        state.bus.post(state.next());
    }

    /**
     * Measures greenrobot.
     *
     * @param state the bus
     */
    @Benchmark
    public void greenrobot(GreenrobotState state) {
        state.bus.post(state.next());
    }

    /**
     * Measures MBassador.
     *
     * @param state the bus
     * @return what it says of the publication
     */
    @Benchmark
    public IMessagePublication mbassador(MBassadorState state) {
        return state.bus.publish(state.next());
    }
}
