/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.idempotency;

import dev.eventbus.idempotency.ClaimResult;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.idempotency.IdempotencyStore;
import dev.eventbus.idempotency.IdempotencyStoreException;
import dev.eventbus.internal.check.Checks;
import dev.eventbus.internal.check.Printable;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one attempt at a time handle an event with a key, and none after one that succeeded.
 *
 * <p>One per bus. It never waits: who meets a claim that runs is told when to come again. Thread-safe.
 */
public final class IdempotencyGuard {
    /*
     * Who claims a key takes its turn in this bus first, and only who has the turn asks the store, so that of two that claim at
     * the same time one asks. The turn is kept for as long as the claim, and given up at once when the store grants none.
     *
     * Who meets a turn waits with it. That no wake-up is lost follows from the order of its end: the store is told, then the
     * turn leaves the map, then it takes in no further waiters, then those that it has are woken. Whoever comes
     *
     *      claims                                ends
     *                                            store: complete or release
     *   1  meets the turn, waits with it
     *                                            turns.remove
     *   2  had met the turn, waits with it
     *                                            turn.end
     *   3  had met the turn, is turned away
     *      claims again: the turn is not there
     *
     * at 1 or 2 is woken, at 3 goes around again and cannot meet the same turn. None is woken before the store knows.
     *
     * Turns are as many as attempts that run; waiters as many as deliveries that wait for their key, each of which has a place in
     * a buffer. Withdrawn ones are not kept.
     */
    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");
    private static final ClaimAnswer DUPLICATE = new ClaimAnswer.Duplicate();
    private static final Duration SOONEST = Duration.ofMillis(10);
    private static final Duration LATEST = Duration.ofSeconds(1);

    private final String bus;
    private final IdempotencyStore store;
    private final String storeName;
    private final ConcurrentMap<KeyOfBus, Turn> turns = new ConcurrentHashMap<>();
    private final LongAdder storeFailures = new LongAdder();
    private final LongAdder forgotten = new LongAdder();

    /**
     * Creates the guard.
     *
     * @param bus name of the bus
     * @param store what keeps the keys
     */
    public IdempotencyGuard(String bus, IdempotencyStore store) {
        this.bus = bus;
        this.store = store;
        this.storeName = Checks.shortened(store.getClass().getName());
    }

    /**
     * Asks whether an attempt may begin.
     *
     * @param subscription name of the subscription
     * @param key what the policy knows the event by
     * @param policy of the subscription
     * @param whenFree run once, in any thread, if the answer is {@link ClaimAnswer.BusyHere}, as soon as it is worth to ask
     *     again; maybe before this method has returned, and, unless withdrawn, however late. It is short, and it does not ask
     *     itself but has somebody ask
     * @return the answer
     */
    public ClaimAnswer claim(String subscription, String key, IdempotencyPolicy policy, Runnable whenFree) {
        KeyOfBus id = new KeyOfBus(subscription, key);
        Turn mine = new Turn();
        while (true) {
            Turn other = turns.putIfAbsent(id, mine);
            if (other == null) {
                return ask(id, policy, mine);
            }
            Waiter waiter = other.await(whenFree);
            if (waiter != null) {
                return new ClaimAnswer.BusyHere(waiter);
            }
        }
    }

    private ClaimAnswer ask(KeyOfBus id, IdempotencyPolicy policy, Turn turn) {
        boolean granted = false;
        try {
            ClaimResult result = Objects.requireNonNull(store.claim(id.subscription(), id.key(), policy.lease()),
                    "claim returned null");
            ClaimAnswer answer = answer(result, id, policy, turn);
            granted = answer instanceof ClaimAnswer.Granted;
            return answer;
        } catch (Throwable thrown) { // D-7: a store may throw anything
            storeFailures.increment();
            return new ClaimAnswer.Broken(IdempotencyStoreException.threw(id.subscription(), storeName, thrown));
        } finally {
            if (!granted) {
                end(id, turn);
            }
        }
    }

    private ClaimAnswer answer(ClaimResult result, KeyOfBus id, IdempotencyPolicy policy, Turn turn) {
        return switch (result) {
            case ClaimResult.Claimed claimed -> {
                forgotten.add(claimed.forgotten());
                yield new ClaimAnswer.Granted(new Claim(this, id, claimed.token(), policy, turn), claimed.forgotten());
            }
            case ClaimResult.Completed completed -> DUPLICATE;
            case ClaimResult.Running running -> new ClaimAnswer.BusyElsewhere(bounded(running.askAgain()).toNanos());
            case ClaimResult.Full full -> {
                storeFailures.increment();
                yield new ClaimAnswer.Broken(IdempotencyStoreException.full(id.subscription(), storeName));
            }
        };
    }

    private static Duration bounded(Duration askAgain) {
        if (askAgain.compareTo(SOONEST) < 0) {
            return SOONEST;
        }
        return askAgain.compareTo(LATEST) > 0 ? LATEST : askAgain;
    }

    // The event was handled: whatever the store does, that stays so.
    void complete(Claim claim) {
        KeyOfBus id = claim.key();
        try {
            if (!store.complete(id.subscription(), id.key(), claim.token(), claim.policy().retention())) {
                LOG.warn(
                        "bus '{}': subscription '{}' handled an event longer than its claim lasted (idempotency key '{}', "
                                + "lease {}); it may have been handled twice, raise the lease",
                        bus, id.subscription(), id.printable(), claim.policy().lease());
            }
        } catch (Throwable thrown) {
            storeFailures.increment();
            LOG.error(
                    "bus '{}': subscription '{}' handled an event (idempotency key '{}'), but the idempotency store {} threw "
                            + "{}; the event may be handled again, mend the store",
                    bus, id.subscription(), id.printable(), storeName, Printable.describe(thrown));
        } finally {
            end(id, claim.turn());
        }
    }

    // False means that somebody else has the key by now: there is nothing to give back.
    void release(Claim claim) {
        KeyOfBus id = claim.key();
        try {
            boolean unused = store.release(id.subscription(), id.key(), claim.token());
        } catch (Throwable thrown) {
            storeFailures.increment();
            LOG.error(
                    "bus '{}': subscription '{}' could not give back the claim of an event (idempotency key '{}'), since the "
                            + "idempotency store {} threw {}; the event waits until the lease is over ({}), mend the store",
                    bus, id.subscription(), id.printable(), storeName, Printable.describe(thrown),
                    claim.policy().lease());
        } finally {
            end(id, claim.turn());
        }
    }

    private void end(KeyOfBus id, Turn turn) {
        turns.remove(id, turn);
        turn.end().forEach(this::wake);
    }

    // one that throws must not keep the others asleep
    private void wake(Waiter waiter) {
        try {
            waiter.wake();
        } catch (Throwable thrown) {
            LOG.error("bus '{}': could not wake a delivery that waits for its idempotency key: {}; please report it",
                    bus,
                    Printable.describe(thrown));
        }
    }

    /**
     * Counts what the store has failed to do.
     *
     * @return how many calls threw or found it full
     */
    public long storeFailures() {
        return storeFailures.sum();
    }

    /**
     * Counts completed keys that were forgotten early for claims of this bus.
     *
     * @return how many
     */
    public long forgotten() {
        return forgotten.sum();
    }
}
