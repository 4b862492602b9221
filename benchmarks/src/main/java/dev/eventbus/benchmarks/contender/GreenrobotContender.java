/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.contender;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.greenrobot.eventbus.EventBus;
import org.greenrobot.eventbus.Subscribe;
import org.greenrobot.eventbus.ThreadMode;

/**
 * The bus of greenrobot.
 *
 * <p>A pool of two replaces its default, which would start a thread for every event that waits. Thread-safe.
 */
final class GreenrobotContender implements Contender {
    private final ExecutorService executor = Executors.newFixedThreadPool(Setting.POOL);
    private final EventBus bus = EventBus.builder().sendNoSubscriberEvent(false).logNoSubscriberMessages(false)
            .executorService(executor).build();

    GreenrobotContender(Setting setting) {
        for (TickHandler handler : setting.handlers()) {
            bus.register(switch (setting.mode()) {
                case CALLER -> new Caller(handler);
                case SERIAL -> new Background(handler);
                case KEYED, KEYED_ALONE, UNORDERED -> new Concurrent(handler);
            });
        }
    }

    @Override
    public void publish(Tick tick) {
        bus.post(tick);
    }

    @Override
    public void close() {
        executor.close();
    }

    /**
     * Called in the publisher's thread.
     *
     * @param handler does the work
     */
    public record Caller(TickHandler handler) {
        /**
         * Handles an event.
         *
         * @param tick the event
         */
        @Subscribe
        public void on(Tick tick) {
            handler.handle(tick);
        }
    }

    /**
     * Called by the one background thread of the bus.
     *
     * @param handler does the work
     */
    public record Background(TickHandler handler) {
        /**
         * Handles an event.
         *
         * @param tick the event
         */
        @Subscribe(threadMode = ThreadMode.BACKGROUND)
        public void on(Tick tick) {
            handler.handle(tick);
        }
    }

    /**
     * Called by threads of the pool.
     *
     * @param handler does the work
     */
    public record Concurrent(TickHandler handler) {
        /**
         * Handles an event.
         *
         * @param tick the event
         */
        @Subscribe(threadMode = ThreadMode.ASYNC)
        public void on(Tick tick) {
            handler.handle(tick);
        }
    }
}
