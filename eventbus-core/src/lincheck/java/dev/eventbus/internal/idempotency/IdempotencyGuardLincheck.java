/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.idempotency;

import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.idempotency.IdempotencyStore;
import dev.eventbus.internal.idempotency.ClaimAnswer.Broken;
import dev.eventbus.internal.idempotency.ClaimAnswer.BusyElsewhere;
import dev.eventbus.internal.idempotency.ClaimAnswer.BusyHere;
import dev.eventbus.internal.idempotency.ClaimAnswer.Duplicate;
import dev.eventbus.internal.idempotency.ClaimAnswer.Granted;
import dev.eventbus.internal.lane.Proofs;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * An attempt under the guard is one step: it runs alone, and not at all after one that succeeded.
 *
 * <p>Who is told to wait looks for the wake-up in a loop, as a lane that rests; one that is lost hangs, and Lincheck finds it.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "succeeds", gen = BooleanGen.class)
public class IdempotencyGuardLincheck {
    private static final IdempotencyPolicy POLICY = IdempotencyPolicy.byEventId(Duration.ofDays(1_000));

    private final IdempotencyGuard guard = new IdempotencyGuard("proof", IdempotencyStore.inMemory(10));
    private final AtomicBoolean[] inside = {new AtomicBoolean(), new AtomicBoolean(), new AtomicBoolean()};

    /** Attempts to handle an event; false for a duplicate. */
    @Operation
    public boolean attempt(@Param(name = "key") int key, @Param(name = "succeeds") boolean succeeds) {
        while (true) {
            AtomicBoolean woken = new AtomicBoolean();
            switch (guard.claim("s", "k" + key, POLICY, () -> woken.set(true))) {
                case Granted granted -> {
                    run(key, succeeds, granted.claim());
                    return true;
                }
                case BusyHere busy -> {
                    while (!woken.get()) {
                        Thread.onSpinWait();
                    }
                }
                case Duplicate duplicate -> {
                    return false;
                }
                case BusyElsewhere elsewhere -> throw new IllegalStateException("there is one bus");
                case Broken broken -> throw broken.failure();
            }
        }
    }

    private void run(int key, boolean succeeds, Claim claim) {
        if (!inside[key].compareAndSet(false, true)) {
            throw new IllegalStateException("two attempts at once");
        }
        inside[key].set(false);
        if (succeeds) {
            claim.complete();
        } else {
            claim.release();
        }
    }

    /** The same in one thread. */
    public static class Sequential {
        private final Set<Integer> handled = new HashSet<>();

        /** Attempts. */
        public boolean attempt(int key, boolean succeeds) {
            if (handled.contains(key)) {
                return false;
            }
            if (succeeds) {
                handled.add(key);
            }
            return true;
        }
    }

    @Test
    void every_interleaving_of_the_model_handles_each_key_once() {
        new ModelCheckingOptions().threads(2).actorsPerThread(2).actorsBefore(0).actorsAfter(1)
                .iterations(Proofs.ITERATIONS).invocationsPerIteration(Proofs.INVOCATIONS)
                .sequentialSpecification(Sequential.class).check(getClass());
    }

    @Test
    void real_threads_handle_each_key_once() {
        new StressOptions().threads(3).actorsPerThread(2).actorsBefore(0).actorsAfter(1)
                .iterations(Proofs.ITERATIONS).invocationsPerIteration(Proofs.INVOCATIONS)
                .sequentialSpecification(Sequential.class).check(getClass());
    }
}
