/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.contender;

import net.engio.mbassy.bus.MBassador;
import net.engio.mbassy.bus.config.BusConfiguration;
import net.engio.mbassy.bus.config.Feature;
import net.engio.mbassy.bus.error.IPublicationErrorHandler;
import net.engio.mbassy.listener.Handler;
import net.engio.mbassy.listener.Invoke;
import net.engio.mbassy.listener.Listener;
import net.engio.mbassy.listener.References;

/**
 * MBassador.
 *
 * <p>Serial: {@code publishAsync} with one dispatching thread, since two would not exclude each other. Unordered: {@code publish}
 * to handlers that are called asynchronously by a pool. Thread-safe.
 */
final class MBassadorContender implements Contender {
    private final MBassador<Tick> bus;
    private final boolean concurrent;

    MBassadorContender(Setting setting) {
        concurrent = setting.mode().isConcurrent();
        bus = new MBassador<>(new BusConfiguration().addFeature(Feature.SyncPubSub.Default())
                .addFeature(Feature.AsynchronousHandlerInvocation.Default(Setting.POOL, Setting.POOL))
                .addFeature(Feature.AsynchronousMessageDispatch.Default().setNumberOfMessageDispatchers(1))
                .addPublicationErrorHandler(new IPublicationErrorHandler.ConsoleLogger()));
        setting.handlers()
                .forEach(handler -> bus.subscribe(concurrent ? new Concurrent(handler) : new Serial(handler)));
    }

    @Override
    public void publish(Tick tick) {
        if (concurrent) {
            bus.publish(tick);
        } else {
            bus.publishAsync(tick);
        }
    }

    @Override
    public void close() {
        bus.shutdown();
    }

    /**
     * Called by the dispatching thread.
     *
     * @param handler does the work
     */
    @Listener(references = References.Strong)
    public record Serial(TickHandler handler) {
        /**
         * Handles an event.
         *
         * @param tick the event
         */
        @Handler
        public void on(Tick tick) {
            handler.handle(tick);
        }
    }

    /**
     * Called by threads of the pool.
     *
     * @param handler does the work
     */
    @Listener(references = References.Strong)
    public record Concurrent(TickHandler handler) {
        /**
         * Handles an event.
         *
         * @param tick the event
         */
        @Handler(delivery = Invoke.Asynchronously)
        public void on(Tick tick) {
            handler.handle(tick);
        }
    }
}
