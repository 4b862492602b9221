/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.rate;

import dev.eventbus.policy.RateLimit;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Tokens are taken and given back one after the other, whatever the threads do; {@code TokenBucketTest} says what that
 * gives in one thread.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Param(name = "tokens", gen = IntGen.class, conf = "0:3")
public class TokenBucketLincheck {
    private static final int ITERATIONS = Integer.getInteger("proofs.iterations", 3);
    private static final int INVOCATIONS = Integer.getInteger("proofs.invocations", 500);

    private final TokenBucket bucket = new TokenBucket(RateLimit.of(1, Duration.ofNanos(10)).burst(2), 0);

    /** Asks at a moment at which so many more tokens have come. */
    @Operation
    public long take(@Param(name = "tokens") int tokens) {
        return bucket.take(10L * tokens);
    }

    /** Gives one back. */
    @Operation
    public void giveBack() {
        bucket.giveBack();
    }

    @Test
    void every_interleaving_of_the_model_is_some_order() {
        new ModelCheckingOptions().threads(2).actorsPerThread(3).actorsBefore(1).actorsAfter(2)
                .iterations(ITERATIONS * 10).invocationsPerIteration(INVOCATIONS).check(getClass());
    }

    @Test
    void real_threads_see_some_order() {
        new StressOptions().threads(2).actorsPerThread(3).actorsBefore(1).actorsAfter(2)
                .iterations(ITERATIONS * 10).invocationsPerIteration(INVOCATIONS).check(getClass());
    }
}
