/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.lane.Proofs;
import dev.eventbus.internal.lane.Rig;
import dev.eventbus.internal.runtime.ByHand;
import dev.eventbus.internal.runtime.Stack;
import dev.eventbus.publish.Outcome;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * However publishers, the workers that they call, and pauses take turns: nothing is left behind, and no two workers are in
 * one lane.
 *
 * <p>Whoever is asked to start a worker is that worker. At the end nobody comes any more who was not called.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
public class HandOffLincheck {
    /** One lane. */
    public static class Serial extends Lanes {
        /** Creates it. */
        public Serial() {
            super(spec -> {});
        }
    }

    /** One lane for the one key, and workers for two. */
    public static class ByKey extends Lanes {
        /** Creates it. */
        public ByKey() {
            super(spec -> spec.ordering(Ordering.byKey()).concurrency(2));
        }
    }

    /** A lane, and what may be done to it. */
    public abstract static class Lanes {
        private final ByHand runtime = new ByHand();
        private final Rig rig;
        private final Hand hand;
        private final List<Publication<?>> published = new CopyOnWriteArrayList<>();
        private volatile boolean handling;
        private volatile boolean together;

        Lanes(Consumer<SubscriptionSpec> choices) {
            this.rig = new Rig(Rig.subscriber(choices), runtime);
            this.hand = new Hand(rig);
        }

        private void handle() {
            together |= handling;
            handling = true;
            handling = false;
        }

        /** Publishes, and is the worker that is called for it. */
        @Operation
        public void publish() {
            Publication<?> event = Rig.event(this::handle, "key", rig);
            published.add(event);
            hand.publish(event);
            runtime.runWorkers();
        }

        /** Pauses and resumes. */
        @Operation
        public void pause() {
            rig.pause();
            rig.resume();
            runtime.runWorkers();
        }

        /** All is handled, one after the other. */
        @Validate
        public void nothing_is_left_behind() {
            if (together) {
                throw new AssertionError("two workers were in the lane at once");
            }
            for (Publication<?> event : published) {
                if (event.outcome(0) != Outcome.HANDLED) {
                    throw new AssertionError("an event was left behind");
                }
            }
            if (rig.inFlight() != 0) {
                throw new AssertionError("a place has not come back");
            }
        }
    }

    @Test
    void a_serial_subscription_leaves_nothing_behind() {
        check(Serial.class);
    }

    @Test
    void a_subscription_by_key_leaves_nothing_behind() {
        check(ByKey.class);
    }

    private static void check(Class<? extends Lanes> lanes) {
        // It descends on purpose, which looks like a loop without end.
        var stack = ManagedStrategyGuaranteeKt.forClasses(Stack.class.getName()).allMethods().ignore();
        new ModelCheckingOptions().addGuarantee(stack).threads(2).actorsPerThread(2).actorsBefore(0).actorsAfter(0)
                .iterations(Proofs.ITERATIONS).invocationsPerIteration(Proofs.INVOCATIONS).check(lanes);
    }
}
