/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.observe.BusMetrics;
import dev.eventbus.publish.BufferFullException;
import dev.eventbus.publish.CausationTooDeepException;
import dev.eventbus.publish.WouldDeadlockException;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** One case: a circle of buses, each of whose handlers publishes to the next bus, into a buffer of a few places. */
final class DeadlockCase {
    private static final Duration HANGS = Duration.ofSeconds(5); // that is what the promise says
    private static final int DEEPEST = 3;
    private static final int ROOTS = 32; // events from outside, of all publishers together
    private static final int KEYS = 4;

    /** What the subscriptions are, and what their handlers publish. */
    enum Shape {
        SERIAL, KEYED_SAME_KEY, KEYED_OTHER_KEY, UNORDERED, SERIAL_BESIDE_KEYED;

        SubscriptionSpec order(SubscriptionSpec spec) {
            return switch (this) {
                case SERIAL, SERIAL_BESIDE_KEYED -> spec.ordering(Ordering.serial());
                case KEYED_SAME_KEY, KEYED_OTHER_KEY -> keyed(spec);
                case UNORDERED -> spec.ordering(Ordering.unordered(2));
            };
        }

        static SubscriptionSpec keyed(SubscriptionSpec spec) {
            return spec.ordering(Ordering.byKey(Told.class, Told::key)).concurrency(2);
        }
    }

    private final Shape shape;
    private final int children;
    private final String name;
    private final List<EventBus> buses = new ArrayList<>();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder rejected = new LongAdder();

    DeadlockCase(int count, Shape shape, Overflow overflow, int capacity, int children) {
        this.shape = shape;
        this.children = children;
        this.name = "buses=" + count + ", shape=" + shape + ", overflow=" + overflow + ", capacity=" + capacity
                + ", children=" + children;
        for (int i = 0; i < count; i++) {
            EventBus bus = EventBus.builder("b" + i).maxDepth(DEEPEST).build();
            int next = (i + 1) % count;
            bus.subscribe("first",
                    s -> shape.order(s.on(Told.class, told -> handle(told, next)).buffer(capacity, overflow)));
            if (shape == Shape.SERIAL_BESIDE_KEYED) {
                bus.subscribe("second",
                        s -> Shape.keyed(s.on(Told.class, told -> handle(told, next)).buffer(capacity, overflow)));
            }
            buses.add(bus);
        }
    }

    void run(int publishers) throws Exception {
        Threads threads = Threads.start(publishers, number -> {
            for (int i = number; i < ROOTS; i += publishers) {
                publish(buses.get(i % buses.size()), Told.of(i, i % KEYS));
            }
        });
        threads.join(name + ", publishers=" + publishers, HANGS);
        for (int round = 0; round <= DEEPEST; round++) { // what one bus ends with, another one may have begun meanwhile
            for (EventBus bus : buses) {
                assertThat(bus.drain(HANGS)).as("drained: " + name + ", publishers=" + publishers).isTrue();
            }
        }
        check();
    }

    private void handle(Told told, int next) {
        for (int child = 0; child < children; child++) {
            int key = shape == Shape.KEYED_OTHER_KEY ? (told.key() + 1) % KEYS : told.key();
            publish(buses.get(next), new Told(child, key, told.depth() + 1));
        }
    }

    private void publish(EventBus bus, Told told) {
        try {
            bus.publish(told);
            accepted.increment();
        } catch (CausationTooDeepException tooDeep) {
            assertThat(told.depth()).isGreaterThan(DEEPEST);
            rejected.increment();
        } catch (BufferFullException | WouldDeadlockException full) {
            rejected.increment();
        }
    }

    private void check() {
        long published = 0;
        for (EventBus bus : buses) {
            BusMetrics metrics = bus.inspect().metrics();
            published += metrics.published();
            assertThat(metrics.subscriptions().values()).as(name).allSatisfy(subscription -> {
                assertThat(subscription.handled()).isEqualTo(metrics.published());
                assertThat(subscription.inFlight()).isZero();
            });
        }
        assertThat(published).as(name).isEqualTo(accepted.sum());
    }

    long accepted() {
        return accepted.sum();
    }

    long rejected() {
        return rejected.sum();
    }
}
