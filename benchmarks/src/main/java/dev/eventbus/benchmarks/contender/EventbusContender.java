/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.contender;

import dev.eventbus.EventBus;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.SubscriptionSpec;

/**
 * This library as it ships: metadata, counters and a receipt per event, 8,192 deliveries in flight per subscription.
 *
 * <p>Thread-safe.
 */
final class EventbusContender implements Contender {
    private final EventBus bus;

    EventbusContender(Setting setting) {
        DeliveryMode mode = setting.mode();
        bus = EventBus.builder("benchmark")
                .dispatch(mode == DeliveryMode.CALLER ? Dispatch.synchronous() : Dispatch.virtualThreads()).build();
        int number = 0;
        for (TickHandler handler : setting.handlers()) {
            bus.subscribe("ticks-" + number++, spec -> order(spec.on(Tick.class, handler::handle), mode));
        }
    }

    private static void order(SubscriptionSpec spec, DeliveryMode mode) {
        switch (mode) {
            case CALLER -> {
                // the order of each publishing thread is all there is
            }
            case SERIAL -> spec.ordering(Ordering.serial());
            case KEYED -> spec.ordering(Ordering.byKey(Tick.class, Tick::key));
            case KEYED_ALONE -> spec.ordering(Ordering.byKey(Tick.class, Tick::key)).concurrency(1);
            case UNORDERED -> spec.ordering(Ordering.unordered(Setting.POOL));
        }
    }

    @Override
    public void publish(Tick tick) {
        bus.publish(tick);
    }

    @Override
    public void close() {
        bus.close();
    }
}
