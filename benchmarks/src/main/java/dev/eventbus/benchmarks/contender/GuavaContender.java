/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.contender;

import com.google.common.eventbus.AllowConcurrentEvents;
import com.google.common.eventbus.AsyncEventBus;
import com.google.common.eventbus.Subscribe;
import java.util.concurrent.ExecutorService;

/**
 * Guava's asynchronous bus.
 *
 * <p>It hands every delivery to the executor. Serial handlers exclude each other by a monitor, in no order; the others say that
 * they may be called at the same time. Thread-safe.
 */
final class GuavaContender implements Contender {
    private final ExecutorService executor;
    private final AsyncEventBus bus;

    GuavaContender(Setting setting, ExecutorService executor) {
        this.executor = executor;
        bus = new AsyncEventBus("benchmark", executor);
        boolean concurrent = setting.mode().isConcurrent();
        setting.handlers().forEach(handler -> bus.register(concurrent ? new Concurrent(handler) : new Serial(handler)));
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
     * Called once at a time.
     *
     * @param handler does the work
     */
    public record Serial(TickHandler handler) {
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
     * Called by several threads at once.
     *
     * @param handler does the work
     */
    public record Concurrent(TickHandler handler) {
        /**
         * Handles an event.
         *
         * @param tick the event
         */
        @Subscribe
        @AllowConcurrentEvents
        public void on(Tick tick) {
            handler.handle(tick);
        }
    }
}
