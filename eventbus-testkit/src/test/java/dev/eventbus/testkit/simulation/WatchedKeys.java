/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import dev.eventbus.idempotency.ClaimResult;
import dev.eventbus.idempotency.IdempotencyStore;
import dev.eventbus.testkit.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An idempotency store that is a step of the simulation at each call, and knows which attempts may run (I-1). Confined to
 * one simulation.
 */
final class WatchedKeys implements IdempotencyStore {
    private final IdempotencyStore store;
    private final World world;
    private final Faults faults;
    private final Breaches breaches;
    private final Map<String, Long> claims = new HashMap<>(); // tokens
    private final Set<String> attempts = new HashSet<>(); // keys whose handlers run
    private final Map<String, Long> completed = new LinkedHashMap<>(); // until when, the first completed first
    private final Map<String, Long> succeeded = new HashMap<>(); // until when, as the handlers saw it

    WatchedKeys(IdempotencyStore store, World world, Faults faults, Breaches breaches) {
        this.store = store;
        this.world = world;
        this.faults = faults;
        this.breaches = breaches;
    }

    /* ---------------- handlers ---------------- */

    void begins(String subscription, String key) {
        String id = id(subscription, key);
        breaches.unless(claims.containsKey(id), "an attempt without a claim: " + id);
        breaches.unless(attempts.add(id), "two attempts of one key: " + id);
        breaches.unless(succeeded.getOrDefault(id, Long.MIN_VALUE) <= now(), "an attempt after a success: " + id);
    }

    void ends(String subscription, String key, boolean success, Duration retention) {
        String id = id(subscription, key);
        attempts.remove(id);
        if (success) {
            succeeded.put(id, now() + retention.toNanos());
        }
    }

    /** Tells whether nothing is claimed any more. */
    void checkEnd() {
        breaches.unless(claims.isEmpty(), "claims that nobody ended: " + claims);
    }

    /* ---------------- the store ---------------- */

    @Override
    public ClaimResult claim(String subscription, String key, Duration lease) {
        world.mark("claim");
        ClaimResult result = store.claim(subscription, key, lease);
        faults.count("claim " + result.getClass().getSimpleName());
        if (result instanceof ClaimResult.Claimed claimed) {
            forget(claimed.forgotten());
            String id = id(subscription, key);
            breaches.unless(claims.put(id, claimed.token()) == null, "claimed twice: " + id);
            breaches.unless(!completed.containsKey(id), "claimed although completed: " + id);
        }
        world.mark("claimed");
        return result;
    }

    private void forget(int keys) {
        completed.values().removeIf(until -> until <= now());
        Iterator<String> oldest = completed.keySet().iterator();
        for (int i = 0; i < keys && oldest.hasNext(); i++) {
            succeeded.remove(oldest.next());
            oldest.remove();
        }
        faults.count("key forgotten", keys);
    }

    @Override
    public boolean complete(String subscription, String key, long token, Duration retention) {
        world.mark("complete");
        boolean own = store.complete(subscription, key, token, retention);
        end(id(subscription, key), token, own);
        completed.remove(id(subscription, key));
        completed.put(id(subscription, key), now() + retention.toNanos());
        world.mark("completed");
        return own;
    }

    @Override
    public boolean release(String subscription, String key, long token) {
        world.mark("release");
        boolean own = store.release(subscription, key, token);
        end(id(subscription, key), token, own);
        world.mark("released");
        return own;
    }

    private void end(String id, long token, boolean own) {
        breaches.unless(own && claims.remove(id, token), "ended a claim that was not its own: " + id);
    }

    @Override
    public int size() {
        return store.size();
    }

    @Override
    public long forgotten() {
        return store.forgotten();
    }

    private static String id(String subscription, String key) {
        return subscription + "/" + key;
    }

    private long now() {
        return world.elapsed().toNanos();
    }
}
