/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.idempotency;

import dev.eventbus.idempotency.ClaimResult;
import dev.eventbus.idempotency.IdempotencyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A store in memory that writes down its calls; a test may answer a kind of call itself. Thread-safe. */
final class HookedStore implements IdempotencyStore {
    private final IdempotencyStore store = IdempotencyStore.inMemory(100_000);
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicReference<Supplier<ClaimResult>> claim = new AtomicReference<>();
    private final AtomicReference<BooleanSupplier> complete = new AtomicReference<>();
    private final AtomicReference<BooleanSupplier> release = new AtomicReference<>();

    void onClaim(Supplier<ClaimResult> answer) {
        claim.set(answer);
    }

    void onComplete(BooleanSupplier answer) {
        complete.set(answer);
    }

    void onRelease(BooleanSupplier answer) {
        release.set(answer);
    }

    List<String> calls() {
        return calls;
    }

    @Override
    public ClaimResult claim(String subscription, String key, Duration lease) {
        calls.add("claim " + subscription + " " + key + " " + lease);
        Supplier<ClaimResult> own = claim.get();
        return own == null ? store.claim(subscription, key, lease) : own.get();
    }

    @Override
    public boolean complete(String subscription, String key, long token, Duration retention) {
        calls.add("complete " + subscription + " " + key + " " + token + " " + retention);
        BooleanSupplier own = complete.get();
        return own == null ? store.complete(subscription, key, token, retention) : own.getAsBoolean();
    }

    @Override
    public boolean release(String subscription, String key, long token) {
        calls.add("release " + subscription + " " + key + " " + token);
        BooleanSupplier own = release.get();
        return own == null ? store.release(subscription, key, token) : own.getAsBoolean();
    }

    @Override
    public int size() {
        return store.size();
    }

    @Override
    public long forgotten() {
        return store.forgotten();
    }
}
