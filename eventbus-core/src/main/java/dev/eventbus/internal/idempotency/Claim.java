/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.idempotency;

import dev.eventbus.idempotency.IdempotencyPolicy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The right to handle the event with a key, until it is ended.
 *
 * <p>The first call ends it, further ones do nothing. Ending it tells the store, and then, whatever the store did, all who
 * wait for the key in this bus; it throws nothing, since the attempt is over. Thread-safe.
 */
public final class Claim {
    private final IdempotencyGuard guard;
    private final KeyOfBus key;
    private final long token;
    private final IdempotencyPolicy policy;
    private final Turn turn;
    private final AtomicBoolean ended = new AtomicBoolean();

    Claim(IdempotencyGuard guard, KeyOfBus key, long token, IdempotencyPolicy policy, Turn turn) {
        this.guard = guard;
        this.key = key;
        this.token = token;
        this.policy = policy;
        this.turn = turn;
    }

    /**
     * Ends a claim after its attempt.
     *
     * @param claim the claim, or null where none was needed
     * @param succeeded whether the event was handled
     */
    public static void end(@Nullable Claim claim, boolean succeeded) {
        if (claim != null && succeeded) {
            claim.complete();
        } else if (claim != null) {
            claim.release();
        }
    }

    /** Ends it after the event was handled: from now on events with its key are duplicates. */
    public void complete() {
        if (ended.compareAndSet(false, true)) {
            guard.complete(this);
        }
    }

    /** Ends it after the attempt has failed, or has not begun: the key is free again. */
    public void release() {
        if (ended.compareAndSet(false, true)) {
            guard.release(this);
        }
    }

    KeyOfBus key() {
        return key;
    }

    long token() {
        return token;
    }

    IdempotencyPolicy policy() {
        return policy;
    }

    Turn turn() {
        return turn;
    }
}
