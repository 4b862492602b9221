/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.lane;

import dev.eventbus.internal.deliver.Admission;
import dev.eventbus.internal.event.EventIds;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.spi.BusRuntime;
import dev.eventbus.spi.Clocks;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Places and inbox together are a bounded queue with a closed bit: many producers, one consumer.
 *
 * <p>The consumer finds nothing where a commit is between its two steps, and is called afterwards; here it looks again for
 * as long as a place is taken, as a worker that is called does.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public class BoundedQueueLincheck {
    private static final int LIMIT = 3;

    private final Places places = new Places(LIMIT);
    private final Inbox inbox = new Inbox(
            new Ports(Clocks.system(), BusRuntime.system(), new Random(1),
                    new EventIds(Clocks.system(), new Random(1))),
            slot(0));

    private static LaneSlot slot(int value) {
        return new LaneSlot(null, null, value, null, null, null);
    }

    /** Takes a place and commits. */
    @Operation
    public Admission offer(@Param(name = "value") int value) {
        Admission admission = places.take(false);
        if (admission == Admission.PLACE) {
            inbox.commit(slot(value));
        }
        return admission;
    }

    /** Takes the next, or 0 if nobody has a place. */
    @Operation(nonParallelGroup = "consumer")
    public int poll() {
        LaneSlot next = inbox.peek();
        while (next == null && places.inFlight() > 0) {
            Thread.onSpinWait();
            next = inbox.peek();
        }
        if (next == null) {
            return 0;
        }
        inbox.take(next);
        places.giveBack();
        return next.index();
    }

    /** Lets nobody in any more. */
    @Operation
    public void close() {
        places.close();
    }

    /** The same in one thread. */
    public static class Sequential {
        private final Queue<Integer> queue = new ArrayDeque<>();
        private boolean closed;

        /** Adds. */
        public Admission offer(int value) {
            if (closed) {
                return Admission.CLOSED;
            }
            if (queue.size() == LIMIT) {
                return Admission.FULL;
            }
            queue.add(value);
            return Admission.PLACE;
        }

        /** Removes. */
        public int poll() {
            return queue.isEmpty() ? 0 : queue.remove();
        }

        /** Closes. */
        public void close() {
            closed = true;
        }
    }

    @Test
    void every_interleaving_of_the_model_is_a_bounded_queue() {
        new ModelCheckingOptions().threads(2).actorsPerThread(3).actorsBefore(0).actorsAfter(3)
                .iterations(Proofs.ITERATIONS * 10).invocationsPerIteration(Proofs.INVOCATIONS)
                .sequentialSpecification(Sequential.class).check(getClass());
    }

    @Test
    void real_threads_see_a_bounded_queue() {
        new StressOptions().threads(2).actorsPerThread(3).actorsBefore(0).actorsAfter(3)
                .iterations(Proofs.ITERATIONS * 10).invocationsPerIteration(Proofs.INVOCATIONS)
                .sequentialSpecification(Sequential.class).check(getClass());
    }
}
