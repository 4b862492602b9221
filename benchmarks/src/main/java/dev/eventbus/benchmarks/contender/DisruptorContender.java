/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks.contender;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.EventTranslatorOneArg;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import com.lmax.disruptor.util.DaemonThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A Disruptor whose handlers all read the same ring.
 *
 * <p>The ring's slots refer to the event, which is allocated per publish as with the others. Thread-safe for as many publishers
 * as it was opened for.
 */
final class DisruptorContender implements Contender {
    private static final EventTranslatorOneArg<Slot, Tick> PUT = (slot, sequence, tick) -> slot.tick = tick;

    private final Disruptor<Slot> disruptor;

    DisruptorContender(Setting setting) {
        ProducerType type = setting.publishers() == 1 ? ProducerType.SINGLE : ProducerType.MULTI;
        disruptor = new Disruptor<>(Slot::new, Setting.BUFFER, DaemonThreadFactory.INSTANCE, type,
                new BlockingWaitStrategy());
        for (TickHandler handler : setting.handlers()) {
            EventHandler<Slot> reader = (slot, sequence, endOfBatch) -> handler.handle(slot.tick);
            disruptor.handleEventsWith(reader);
        }
        disruptor.start();
    }

    @Override
    public void publish(Tick tick) {
        disruptor.publishEvent(PUT, tick);
    }

    @Override
    public void close() {
        disruptor.shutdown();
    }

    /** A place of the ring. Handed from publisher to handlers by the ring. */
    private static final class Slot {
        private @Nullable Tick tick;
    }
}
