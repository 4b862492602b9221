/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.idempotency.ClaimResult;
import dev.eventbus.idempotency.ClaimResult.Claimed;
import dev.eventbus.idempotency.ClaimResult.Completed;
import dev.eventbus.idempotency.ClaimResult.Full;
import dev.eventbus.idempotency.ClaimResult.Running;
import dev.eventbus.idempotency.IdempotencyStore;
import dev.eventbus.idempotency.WhenFull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * What every {@link IdempotencyStore} promises.
 *
 * {@snippet class="dev.eventbus.testkit.contract.InMemoryIdempotencyStoreContractTest" region="suite"}
 *
 * <p>Stores may differ in two ways, which an implementation declares: whether a running claim can be taken over when its lease
 * is over ({@link #hasLeases()}), and what the store does when it is full, if it can be ({@link #whenFull()}). Time is the
 * suite's: the store reads clocks that {@link #advance} moves.
 *
 * <p>Deliberately not asserted: what becomes of a store over a restart; what it throws that cannot reach its storage; when a
 * key whose time is over stops to take up room, as long as somebody else can have it; how soon after the end of its time a key
 * is free, up to a second; which time {@code Running} advises; how long anything takes.
 *
 * <p>One instance per case; the case runs in one thread and starts others. Not thread-safe.
 *
 * @since 0.1
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class IdempotencyStoreContract {
    private static final int CAPACITY = 5;
    private static final int THREADS = 4;
    private static final String BILLING = "billing";
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Duration RETENTION = Duration.ofHours(6);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private Patience patience;
    private IdempotencyStore store;

    /** Creates the suite. */
    protected IdempotencyStoreContract() {
    }

    /* ---------------- what an implementation says of itself ---------------- */

    /**
     * Makes an empty store.
     *
     * @param capacity most keys that it holds; a store without a bound ignores it
     * @return the store under test
     */
    protected abstract IdempotencyStore store(int capacity);

    /**
     * Moves the time of all stores that were made; the wall clock, too, where a store reads that.
     *
     * @param time how far
     */
    protected abstract void advance(Duration time);

    /**
     * Declares whether a claim that nobody ends can be taken over after its lease.
     *
     * @return false for a store whose claims run until they are ended
     */
    protected abstract boolean hasLeases();

    /**
     * Declares what a full store does with a claim.
     *
     * @return empty for a store without a bound
     */
    protected abstract Optional<WhenFull> whenFull();

    /**
     * Bounds every wait of the suite; nothing is waited out, so it may be long.
     *
     * @return 10 s unless overridden
     */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    /** Makes the store of one case. */
    @BeforeEach
    public final void open() {
        patience = new Patience(patience());
        store = store(CAPACITY);
    }

    /* ---------------- claiming ---------------- */

    /** Nothing is there before something was claimed. */
    @Test
    public void is_empty_at_first() {
        assertThat(store.size()).as("size of a new store").isZero();
        assertThat(store.forgotten()).as("keys that a new store has forgotten").isZero();
    }

    /** The first has it, and everybody else is told so. */
    @Test
    public void a_key_that_is_claimed_runs() {
        long unused = claimed("a");

        assertThat(claim("a")).as("a second claim of the key").isInstanceOf(Running.class);
        assertThat(claim("a")).as("a third claim of the key").isInstanceOf(Running.class);
        assertThat(store.size()).as("size of a store with one claim").isEqualTo(1);
    }

    /** A success is remembered. */
    @Test
    public void a_key_that_was_completed_is_completed() {
        complete("a", RETENTION);

        assertThat(claim("a")).as("a claim of a completed key").isInstanceOf(Completed.class);
        assertThat(claim("a")).as("another one").isInstanceOf(Completed.class);
        assertThat(store.size()).as("size of a store with one completed key").isEqualTo(1);
    }

    /** A failure is not. */
    @Test
    public void a_key_that_was_released_is_free() {
        long token = claimed("a");

        assertThat(store.release(BILLING, "a", token)).as("whether the claim was released").isTrue();

        assertThat(store.size()).as("size after the release").isZero();
        complete("a", RETENTION);
        assertThat(claim("a")).as("a claim after the second attempt").isInstanceOf(Completed.class);
    }

    /** Each character counts, and the subscription does not run into the key. */
    @Test
    public void tells_keys_apart_that_look_alike() {
        IdempotencyStore large = store(100);
        String longest = "x".repeat(IdempotencyStore.MAX_KEY_LENGTH - 1);
        List<String> keys = List.of("a", "A", "a ", "ä", "a\u0308", "'", "%", "_", "a:b", "\uD83D\uDE00", longest + "1",
                longest + "2");

        for (String key : keys) {
            assertThat(large.claim(BILLING, key, LEASE)).as("the first claim of '%s'", key).isInstanceOf(Claimed.class);
            assertThat(large.claim("other", key, LEASE)).as("the first claim of '%s' elsewhere", key)
                    .isInstanceOf(Claimed.class);
            assertThat(large.claim(BILLING, key, LEASE)).as("the second claim of '%s'", key)
                    .isInstanceOf(Running.class);
        }
        assertThat(large.claim("other:a", "b", LEASE)).as("claim of 'b' by 'other:a'").isInstanceOf(Claimed.class);
        assertThat(large.claim("other", "a:b", LEASE)).as("claim of 'a:b' by 'other'").isInstanceOf(Running.class);
        assertThat(large.size()).as("size").isEqualTo(2 * keys.size() + 1);
    }

    /** No late result can be taken for that of another attempt. */
    @Test
    public void issues_no_token_twice() {
        List<Long> tokens = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            tokens.add(claimed("a"));
            tokens.add(claimed("b"));
            assertThat(store.release(BILLING, "a", tokens.get(2 * round))).as("whether 'a' was released").isTrue();
            assertThat(store.complete(BILLING, "b", tokens.get(2 * round + 1), SECOND)).as("whether 'b' was completed")
                    .isTrue();
            advance(SECOND.multipliedBy(2));
        }

        assertThat(tokens).as("tokens of 20 claims").doesNotHaveDuplicates();
    }

    /** The check and the claim are one step. */
    @Test
    public void gives_each_key_to_one_of_several_threads() {
        IdempotencyStore large = store(1_000);

        List<List<Long>> tokens = patience.together("claiming", THREADS, thread -> () -> IntStream.range(0, 200)
                .mapToObj(i -> large.claim(BILLING, "k" + i, LEASE)).filter(Claimed.class::isInstance)
                .map(result -> ((Claimed) result).token()).toList());

        assertThat(tokens.stream().mapToInt(List::size).sum()).as("grants of 200 keys to 4 threads at once")
                .isEqualTo(200);
        assertThat(new HashSet<>(tokens.stream().flatMap(List::stream).toList())).as("tokens of 200 keys").hasSize(200);
    }

    /* ---------------- ending a claim ---------------- */

    /** Another claim's token, and the right one with another key or subscription. */
    @Test
    public void a_token_that_is_not_the_claims_ends_nothing() {
        long token = claimed("a");
        long other = claimed("b");

        assertThat(store.complete(BILLING, "a", other, RETENTION)).as("whether a foreign token completed").isFalse();
        assertThat(store.release(BILLING, "a", other)).as("whether a foreign token released").isFalse();
        assertThat(store.complete("other", "a", token, RETENTION)).as("whether it completed elsewhere").isFalse();
        assertThat(store.release("other", "a", token)).as("whether it released elsewhere").isFalse();

        assertThat(claim("a")).as("a claim of the key, which still runs").isInstanceOf(Running.class);
        assertThat(claim("b")).as("a claim of the other key, which still runs").isInstanceOf(Running.class);
        assertThat(store.complete(BILLING, "a", token, RETENTION)).as("whether the claim's own token completed")
                .isTrue();
        assertThat(store.release(BILLING, "b", other)).as("whether the other claim's own token released").isTrue();
    }

    /** A completed key stays completed, whoever says what. */
    @Test
    public void a_completed_claim_cannot_be_ended_again() {
        long token = claimed("a");
        assertThat(store.complete(BILLING, "a", token, RETENTION)).as("whether the claim was completed").isTrue();

        assertThat(store.complete(BILLING, "a", token, RETENTION)).as("whether it was completed again").isFalse();
        assertThat(store.release(BILLING, "a", token)).as("whether it was released then").isFalse();

        assertThat(claim("a")).as("a claim of the completed key").isInstanceOf(Completed.class);
    }

    /** A free key stays free, and the claim after it is not harmed. */
    @Test
    public void a_released_claim_cannot_be_ended_again() {
        long first = claimed("a");
        assertThat(store.release(BILLING, "a", first)).as("whether the claim was released").isTrue();

        assertThat(store.release(BILLING, "a", first)).as("whether it was released again").isFalse();
        assertThat(store.complete(BILLING, "a", first, RETENTION)).as("whether it was completed then").isFalse();
        long second = claimed("a");
        assertThat(store.complete(BILLING, "a", first, RETENTION)).as("whether it completed the next claim").isFalse();
        assertThat(store.release(BILLING, "a", first)).as("whether it released the next claim").isFalse();

        assertThat(store.complete(BILLING, "a", second, RETENTION)).as("whether the next claim was completed").isTrue();
    }

    /** As {@link #hasLeases()} declares: until its end the lease holds; then a late result is worth nothing, or in time. */
    @Test
    public void a_claim_that_nobody_ends_can_be_taken_over_after_its_lease_or_not_as_declared() {
        long first = claimed("a");
        advance(LEASE.minus(SECOND));
        assertThat(claim("a")).as("a claim of the key before the lease is over").isInstanceOf(Running.class);
        advance(SECOND.multipliedBy(2));

        ClaimResult second = claim("a");

        if (hasLeases()) {
            assertThat(second).as("a claim of the key after the lease, as hasLeases() declares")
                    .isInstanceOf(Claimed.class);
            assertThat(store.complete(BILLING, "a", first, RETENTION)).as("whether a late token completed").isFalse();
            assertThat(store.release(BILLING, "a", first)).as("whether a late token released").isFalse();
            assertThat(store.complete(BILLING, "a", ((Claimed) second).token(), RETENTION))
                    .as("whether the claim that took over was completed").isTrue();
        } else {
            assertThat(second).as("a claim of the key after the lease, as hasLeases() declares")
                    .isInstanceOf(Running.class);
            assertThat(store.complete(BILLING, "a", first, RETENTION)).as("whether the claim was completed").isTrue();
        }
        assertThat(claim("a")).as("a claim of the completed key").isInstanceOf(Completed.class);
    }

    /* ---------------- retention ---------------- */

    /** Not shorter, and not much longer. */
    @Test
    public void a_key_is_completed_for_its_retention_time() {
        complete("a", RETENTION);

        advance(RETENTION.minus(SECOND));
        assertThat(claim("a")).as("a claim of the key before its time is over").isInstanceOf(Completed.class);
        advance(SECOND.multipliedBy(2));

        long unused = claimed("a");
        assertThat(claim("a")).as("a second claim of the key after its time").isInstanceOf(Running.class);
    }

    /** A slow handler does not shorten it, and the lease has nothing to do with it. */
    @Test
    public void the_retention_time_begins_when_the_claim_is_completed() {
        long token = claimed("a");
        advance(LEASE.minus(SECOND));
        assertThat(store.complete(BILLING, "a", token, RETENTION)).as("whether the claim was completed").isTrue();

        advance(RETENTION.minus(SECOND));

        assertThat(claim("a")).as("a claim of the key before its time is over").isInstanceOf(Completed.class);
    }

    /** No list may hide what is over behind what is not. */
    @Test
    public void a_key_whose_time_is_over_is_free_whatever_the_others_are() {
        for (int over = 0; over < CAPACITY; over++) {
            IdempotencyStore one = store(CAPACITY);
            for (int i = 0; i < CAPACITY; i++) {
                complete(one, "k" + i, i == over ? SECOND : RETENTION);
            }
            advance(SECOND.multipliedBy(2));

            for (int i = 0; i < CAPACITY; i++) {
                assertThat(one.claim(BILLING, "k" + i, LEASE)).as("claim of key %s, where %s is over", i, over)
                        .isInstanceOf(i == over ? Claimed.class : Completed.class);
            }
        }
    }

    /* ---------------- the bound ---------------- */

    /** As {@link #whenFull()} declares. */
    @Test
    public void when_full_of_completed_keys_it_forgets_the_oldest_or_refuses_or_grows_as_declared() {
        long slow = claimed("slow");
        for (int i = 1; i < CAPACITY; i++) {
            complete("k" + i, RETENTION.minusHours(i)); // the oldest lives longest
        }

        ClaimResult result = claim("new");

        assertThat(result).as("a claim that goes beyond the capacity, as whenFull() declares").isInstanceOf(
                whenFull().equals(Optional.of(WhenFull.REFUSE)) ? Full.class : Claimed.class);
        int forgotten = whenFull().equals(Optional.of(WhenFull.FORGET_OLDEST)) ? 1 : 0;
        if (result instanceof Claimed claimed) {
            assertThat(claimed.forgotten()).as("keys forgotten for it, as whenFull() declares").isEqualTo(forgotten);
            assertThat(store.release(BILLING, "new", claimed.token())).as("whether it was released").isTrue();
        }
        assertThat(store.forgotten()).as("keys forgotten, as whenFull() declares").isEqualTo(forgotten);
        assertThat(store.size()).as("size").isEqualTo(CAPACITY - forgotten);
        for (int i = CAPACITY - 1; i >= 1; i--) {
            assertThat(claim("k" + i)).as("claim of key %s", i)
                    .isInstanceOf(i <= forgotten ? Claimed.class : Completed.class);
        }
        assertThat(store.complete(BILLING, "slow", slow, RETENTION)).as("whether the running claim was completed")
                .isTrue();
    }

    /** Rather no new claim than an old one lost. */
    @Test
    public void never_gives_up_a_running_claim_for_want_of_room() {
        Map<String, Long> tokens = new HashMap<>();
        for (int i = 0; i < CAPACITY; i++) {
            tokens.put("k" + i, claimed("k" + i));
        }

        assertThat(claim("new")).as("a claim beyond a capacity full of claims, as whenFull() declares")
                .isInstanceOf(whenFull().isPresent() ? Full.class : Claimed.class);

        tokens.forEach((key, token) -> {
            assertThat(claim(key)).as("a second claim of '%s'", key).isInstanceOf(Running.class);
            assertThat(store.complete(BILLING, key, token, RETENTION)).as("whether '%s' was completed", key).isTrue();
        });
        assertThat(store.forgotten()).as("keys forgotten").isZero();
    }

    /** What is over makes room before anything is forgotten or refused. */
    @Test
    public void a_key_whose_time_is_over_makes_room() {
        for (int over = 0; over < CAPACITY; over++) {
            IdempotencyStore one = store(CAPACITY);
            for (int i = 0; i < CAPACITY; i++) {
                complete(one, "k" + i, i == over ? SECOND : RETENTION);
            }
            advance(SECOND.multipliedBy(2));

            long unused = claimed(one, "new");
            assertThat(one.forgotten()).as("keys forgotten, where key %s is over", over).isZero();
        }
    }

    /** The check for room and the taking of it are one step. */
    @Test
    public void never_holds_more_claims_than_its_capacity_when_threads_claim_at_once() {
        List<Long> granted = patience.together("claiming", THREADS, thread -> () -> IntStream.range(0, 50)
                .filter(i -> store.claim(BILLING, thread + "-" + i, LEASE) instanceof Claimed).count());

        assertThat(granted.stream().mapToLong(Long::longValue).sum())
                .as("claims granted to 4 threads at once, as whenFull() declares")
                .isEqualTo(whenFull().isPresent() ? CAPACITY : THREADS * 50);
        assertThat(store.size()).as("size").isEqualTo(whenFull().isPresent() ? CAPACITY : THREADS * 50);
    }

    /* ---------------- helpers ---------------- */

    private ClaimResult claim(String key) {
        return store.claim(BILLING, key, LEASE);
    }

    private long claimed(String key) {
        return claimed(store, key);
    }

    private static long claimed(IdempotencyStore store, String key) {
        ClaimResult result = store.claim(BILLING, key, LEASE);
        assertThat(result).as("a claim of the free key '%s'", key).isInstanceOf(Claimed.class);
        Claimed claimed = (Claimed) result;
        assertThat(claimed.forgotten()).as("keys forgotten for a claim that had room").isZero();
        return claimed.token();
    }

    private void complete(String key, Duration retention) {
        complete(store, key, retention);
    }

    private static void complete(IdempotencyStore store, String key, Duration retention) {
        assertThat(store.complete(BILLING, key, claimed(store, key), retention)).as("whether '%s' was completed", key)
                .isTrue();
    }
}
