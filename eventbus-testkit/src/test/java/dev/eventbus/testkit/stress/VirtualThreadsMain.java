/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import dev.eventbus.EventBus;
import dev.eventbus.observe.SubscriptionMetrics;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** A program of its own, for a small heap: virtual threads that publish one event each, and handle it. Used once. */
final class VirtualThreadsMain {
    private static final int WAVE = 1_000; // threads at a time
    private static final int WARM_UP = 20;
    private static final long MOST_RETAINED = 1L << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final EventBus bus = EventBus.create("threads");
    private final LongAdder leftBehind = new LongAdder();
    private int published;

    private VirtualThreadsMain() {
        bus.subscribe("caller", s -> s.on(Told.class, told -> {}).dispatch(Dispatch.synchronous()));
        bus.subscribe("keyed", s -> s.on(Told.class, told -> {}).ordering(Ordering.byKey(Told.class, Told::key)));
        bus.subscribe(Told.class, "serial", told -> {});
    }

    /** Takes the number of threads; ends with 1 if they leave something behind. */
    public static void main(String[] args) throws Exception {
        VirtualThreadsMain program = new VirtualThreadsMain();
        boolean clean = program.leavesNothing(Integer.parseInt(args[0]) / WAVE);
        program.bus.close();
        System.exit(clean ? 0 : 1);
    }

    private boolean leavesNothing(int waves) throws Exception {
        publish(WARM_UP);
        long before = LiveSet.bytes();
        publish(waves);
        long retained = LiveSet.bytes() - before;
        System.out.println("virtual threads: " + waves * WAVE + " publish and handle, live set " + (before >> 10)
                + " KiB, " + retained + " bytes retained, " + leftBehind + " thread-local values left behind");
        return retained < MOST_RETAINED && leftBehind.sum() == 0;
    }

    private void publish(int waves) throws Exception {
        for (int wave = 0; wave < waves; wave++) {
            int first = published;
            Threads.startVirtual(WAVE, number -> {
                bus.publish(Told.of(first + number, first + number));
                leftBehind.add(threadLocalValues());
            }).join("publishers", PATIENCE);
            published += WAVE;
        }
        if (!bus.drain(PATIENCE)) {
            throw new AssertionError("not drained: " + bus.inspect().metrics());
        }
        for (SubscriptionMetrics metrics : bus.inspect().metrics().subscriptions().values()) {
            if (metrics.handled() != published) {
                throw new AssertionError("published=" + published + ", but " + metrics);
            }
        }
    }

    // Of the calling thread. As the JDK keeps them in 21 and 25; if it did otherwise this would throw.
    private static long threadLocalValues() throws ReflectiveOperationException {
        Object map = read(Thread.class, "threadLocals", Thread.currentThread());
        if (map == null) {
            return 0;
        }
        long values = 0;
        Object[] entries = (Object[]) Objects.requireNonNull(read(map.getClass(), "table", map));
        for (Object entry : Stream.of(entries).filter(Objects::nonNull).toList()) {
            values += read(entry.getClass(), "value", entry) == null ? 0 : 1;
        }
        return values;
    }

    private static Object read(Class<?> type, String name, Object object) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
    }
}
