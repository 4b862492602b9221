/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.contender;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * The event bus of Vert.x inside one process.
 *
 * <p>Each subscription is a verticle with an event loop context of its own; a codec hands the event over as it is. Thread-safe.
 */
final class VertxContender implements Contender {
    private static final String ADDRESS = "ticks";

    private final Vertx vertx = Vertx.vertx();

    VertxContender(Setting setting) {
        vertx.eventBus().registerDefaultCodec(Tick.class, new ByReference());
        setting.handlers().forEach(handler -> await(vertx.deployVerticle(new Consumer(handler))));
    }

    @Override
    public void publish(Tick tick) {
        vertx.eventBus().publish(ADDRESS, tick);
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private static void await(Future<?> future) {
        future.toCompletionStage().toCompletableFuture().join();
    }

    /** One subscription. */
    private static final class Consumer extends VerticleBase {
        private final TickHandler handler;

        Consumer(TickHandler handler) {
            this.handler = handler;
        }

        @Override
        public Future<?> start() {
            return vertx.eventBus().<Tick>localConsumer(ADDRESS, message -> handler.handle(message.body()))
                    .completion();
        }
    }

    /** Copies nothing, as events are immutable. */
    private static final class ByReference implements MessageCodec<Tick, Tick> {
        @Override
        public Tick transform(Tick tick) {
            return tick;
        }

        @Override
        public void encodeToWire(Buffer buffer, Tick tick) {
            throw new UnsupportedOperationException("local events only");
        }

        @Override
        public Tick decodeFromWire(int pos, Buffer buffer) {
            throw new UnsupportedOperationException("local events only");
        }

        @Override
        public String name() {
            return "by-reference";
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
