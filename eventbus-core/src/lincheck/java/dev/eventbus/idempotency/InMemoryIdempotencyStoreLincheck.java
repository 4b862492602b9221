/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.idempotency;

import dev.eventbus.internal.lane.Proofs;
import dev.eventbus.spi.Clocks;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Each call on the store in memory is one step, at its bound of two keys, too; no time passes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Param(name = "key", gen = IntGen.class, conf = "1:3")
@Param(name = "token", gen = IntGen.class, conf = "1:3")
public class InMemoryIdempotencyStoreLincheck {
    private static final int CAPACITY = 2;
    private static final Duration HOUR = Duration.ofHours(1);

    private final IdempotencyStore store = IdempotencyStore.inMemory(CAPACITY, new StandingClocks());

    private static final class StandingClocks implements Clocks {
        @Override
        public long wallMillis() {
            return 0;
        }

        @Override
        public long monotonicNanos() {
            return 0;
        }
    }

    /** Claims. */
    @Operation
    public String claim(@Param(name = "key") int key) {
        return switch (store.claim("s", "k" + key, HOUR)) {
            case ClaimResult.Claimed claimed -> "claimed " + claimed.token() + " forgotten " + claimed.forgotten();
            case ClaimResult.Running running -> "running";
            case ClaimResult.Completed completed -> "completed";
            case ClaimResult.Full full -> "full";
        };
    }

    /** Completes. */
    @Operation
    public boolean complete(@Param(name = "key") int key, @Param(name = "token") int token) {
        return store.complete("s", "k" + key, token, HOUR);
    }

    /** Releases. */
    @Operation
    public boolean release(@Param(name = "key") int key, @Param(name = "token") int token) {
        return store.release("s", "k" + key, token);
    }

    /** Counts. */
    @Operation
    public String counts() {
        return store.size() + "";
    }

    /** The same in one thread. */
    public static class Sequential {
        private final Map<Integer, Integer> tokens = new LinkedHashMap<>(); // 0 for those completed, in that order
        private int lastToken;

        /** Claims. */
        public String claim(int key) {
            if (tokens.containsKey(key)) {
                return tokens.get(key) == 0 ? "completed" : "running";
            }
            int forgotten = 0;
            if (tokens.size() == CAPACITY) {
                Optional<Integer> oldest = tokens.keySet().stream().filter(known -> tokens.get(known) == 0).findFirst();
                if (oldest.isEmpty()) {
                    return "full";
                }
                tokens.remove(oldest.get());
                forgotten = 1;
            }
            lastToken++;
            tokens.put(key, lastToken);
            return "claimed " + lastToken + " forgotten " + forgotten;
        }

        /** Completes. */
        public boolean complete(int key, int token) {
            boolean own = release(key, token);
            if (own) {
                tokens.put(key, 0);
            }
            return own;
        }

        /** Releases. */
        public boolean release(int key, int token) {
            return tokens.remove(key, token);
        }

        /** Counts. */
        public String counts() {
            return tokens.size() + "";
        }
    }

    @Test
    void every_interleaving_of_the_model_is_one_step_a_call() {
        new ModelCheckingOptions().threads(2).actorsPerThread(3).actorsBefore(3).actorsAfter(2)
                .iterations(Proofs.ITERATIONS).invocationsPerIteration(Proofs.INVOCATIONS)
                .sequentialSpecification(Sequential.class).check(getClass());
    }

    @Test
    void real_threads_see_one_step_a_call() {
        new StressOptions().threads(3).actorsPerThread(3).actorsBefore(3).actorsAfter(2)
                .iterations(Proofs.ITERATIONS).invocationsPerIteration(Proofs.INVOCATIONS)
                .sequentialSpecification(Sequential.class).check(getClass());
    }
}
