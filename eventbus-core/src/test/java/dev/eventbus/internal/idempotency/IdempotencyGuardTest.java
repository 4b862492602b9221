/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.contract.CapturedLog;
import dev.eventbus.fixture.Threads;
import dev.eventbus.idempotency.ClaimResult;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.idempotency.IdempotencyStore;
import dev.eventbus.idempotency.IdempotencyStoreException;
import dev.eventbus.internal.idempotency.ClaimAnswer.Broken;
import dev.eventbus.internal.idempotency.ClaimAnswer.BusyElsewhere;
import dev.eventbus.internal.idempotency.ClaimAnswer.BusyHere;
import dev.eventbus.internal.idempotency.ClaimAnswer.Duplicate;
import dev.eventbus.internal.idempotency.ClaimAnswer.Granted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class IdempotencyGuardTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final IdempotencyPolicy POLICY = IdempotencyPolicy.byEventId(HOUR).lease(Duration.ofMinutes(2));
    private static final Runnable NEVER = () -> {
        throw new AssertionError("nobody waits");
    };

    private final HookedStore store = new HookedStore();
    private final IdempotencyGuard guard = new IdempotencyGuard("b", store);
    private final List<String> woken = new ArrayList<>();

    private ClaimAnswer claim(String key) {
        return guard.claim("s", key, POLICY, NEVER);
    }

    private Claim granted(String key) {
        ClaimAnswer answer = claim(key);
        assertThat(answer).isInstanceOf(Granted.class);
        return ((Granted) answer).claim();
    }

    private Waiter waiting(String key, String name) {
        ClaimAnswer answer = guard.claim("s", key, POLICY, () -> woken.add(name));
        assertThat(answer).isInstanceOf(BusyHere.class);
        return ((BusyHere) answer).waiter();
    }

    /* ---------------- answers ---------------- */

    @Test
    void grants_a_free_key_and_tells_the_store_lease_and_retention_of_the_policy() {
        granted("k").complete();

        assertThat(store.calls()).containsExactly("claim s k PT2M", "complete s k 1 PT1H");
        assertThat(guard.storeFailures()).isZero();
        assertThat(guard.forgotten()).isZero();
    }

    @Test
    void what_was_completed_is_a_duplicate() {
        granted("k").complete();

        assertThat(claim("k")).isEqualTo(new Duplicate());
        assertThat(claim("k")).isEqualTo(new Duplicate());
    }

    @Test
    void what_was_released_is_granted_again() {
        granted("k").release();

        granted("k").complete();
        assertThat(store.calls()).containsExactly("claim s k PT2M", "release s k 1", "claim s k PT2M",
                "complete s k 2 PT1H");
    }

    @Test
    void keys_and_subscriptions_are_apart() {
        granted("k");

        granted("other");
        assertThat(guard.claim("other", "k", POLICY, NEVER)).isInstanceOf(Granted.class);
    }

    @Test
    void who_meets_a_claim_of_this_bus_waits_without_asking_the_store() {
        Claim claim = granted("k");

        waiting("k", "one");
        waiting("k", "two");

        assertThat(store.calls()).hasSize(1);
        assertThat(woken).isEmpty();
        claim.release();
    }

    @Test
    void who_meets_a_claim_of_another_bus_is_told_when_to_ask_again() {
        IdempotencyGuard other = new IdempotencyGuard("other", store);
        Claim claim = granted("k");

        assertThat(other.claim("s", "k", POLICY, NEVER)).isEqualTo(new BusyElsewhere(100_000_000));
        assertThat(other.claim("s", "k", POLICY, NEVER)).as("and does not stay in the way")
                .isEqualTo(new BusyElsewhere(100_000_000));
        claim.complete();
        assertThat(other.claim("s", "k", POLICY, NEVER)).isEqualTo(new Duplicate());
    }

    @ParameterizedTest
    @CsvSource({"PT0S,10000000", "PT0.009999999S,10000000", "PT0.01S,10000000", "PT0.010000001S,10000001",
            "PT0.999999999S,999999999", "PT1S,1000000000", "PT1.000000001S,1000000000",
            "PT2562047788015215H,1000000000"})
    void the_time_to_ask_again_is_bounded(Duration askAgain, long nanos) {
        store.onClaim(() -> new ClaimResult.Running(askAgain));

        assertThat(claim("k")).isEqualTo(new BusyElsewhere(nanos));
    }

    @Test
    void tells_and_counts_what_was_forgotten_for_a_claim() {
        store.onClaim(() -> new ClaimResult.Claimed(9, 2));

        assertThat(claim("a")).isInstanceOfSatisfying(Granted.class, granted -> assertThat(granted.forgotten())
                .isEqualTo(2));
        assertThat(claim("b")).isInstanceOf(Granted.class);

        assertThat(guard.forgotten()).isEqualTo(4);
    }

    @Test
    void a_store_that_throws_breaks_the_attempt_and_leaves_the_key_free() {
        Error failure = new LinkageError("planted");
        store.onClaim(() -> {
            throw failure;
        });

        assertThat(claim("k")).isInstanceOfSatisfying(Broken.class, broken -> assertThat(broken.failure())
                .isInstanceOf(IdempotencyStoreException.class).hasCause(failure)
                .hasMessageContaining("'s'").hasMessageContaining("store=" + HookedStore.class.getName()));
        assertThat(claim("k")).isInstanceOf(Broken.class);
        assertThat(guard.storeFailures()).isEqualTo(2);
        store.onClaim(null);
        granted("k");
    }

    @Test
    void a_store_that_answers_nothing_breaks_the_attempt() {
        store.onClaim(() -> null);

        assertThat(claim("k")).isInstanceOfSatisfying(Broken.class, broken -> assertThat(broken.failure())
                .hasRootCauseMessage("claim returned null"));
    }

    @Test
    void a_full_store_breaks_the_attempt_and_leaves_the_key_free() {
        IdempotencyGuard small = new IdempotencyGuard("b", IdempotencyStore.inMemory(1));
        ClaimAnswer first = small.claim("s", "a", POLICY, NEVER);

        assertThat(small.claim("s", "k", POLICY, NEVER)).isInstanceOfSatisfying(Broken.class,
                broken -> assertThat(broken.failure()).hasNoCause()
                        .hasMessageStartingWith(
                                "Subscription 's' could not claim an event: its idempotency store is full "
                                        + "(store=dev.eventbus.idempotency.InMemoryIdempotencyStore)"));

        assertThat(small.storeFailures()).isEqualTo(1);
        ((Granted) first).claim().release();
        assertThat(small.claim("s", "k", POLICY, NEVER)).isInstanceOf(Granted.class);
    }

    /* ---------------- waiting ---------------- */

    @Test
    void wakes_everybody_once_in_the_order_in_which_they_came_after_the_store_was_told() {
        Claim claim = granted("k");
        waiting("k", "one");
        waiting("k", "two");
        waiting("k", "three");
        store.onComplete(() -> {
            assertThat(woken).as("woken before the store was told").isEmpty();
            return true;
        });

        claim.complete();
        claim.complete();
        claim.release();

        assertThat(woken).containsExactly("one", "two", "three");
    }

    @Test
    void wakes_everybody_after_a_release() {
        Claim claim = granted("k");
        waiting("k", "one");
        store.onRelease(() -> {
            assertThat(woken).as("woken before the store was told").isEmpty();
            return true;
        });

        claim.release();

        assertThat(woken).containsExactly("one");
    }

    @Test
    void who_is_woken_may_claim_at_once() {
        Claim claim = granted("k");
        List<ClaimAnswer> answers = new ArrayList<>();
        ClaimAnswer busy = guard.claim("s", "k", POLICY, () -> answers.add(claim("k")));
        assertThat(busy).isInstanceOf(BusyHere.class);

        claim.complete();

        assertThat(answers).containsExactly(new Duplicate());
    }

    @Test
    void one_that_throws_when_it_is_woken_is_logged_and_keeps_nobody_asleep() {
        try (CapturedLog log = CapturedLog.of("dev.eventbus")) {
            Claim claim = granted("k");
            assertThat(guard.claim("s", "k", POLICY, () -> {
                throw new IllegalStateException("planted");
            })).isInstanceOf(BusyHere.class);
            waiting("k", "two");

            claim.release();

            assertThat(woken).containsExactly("two");
            assertThat(log.lines()).containsExactly("ERROR bus 'b': could not wake a delivery that waits for its "
                    + "idempotency key: java.lang.IllegalStateException: planted; please report it");
        }
    }

    @Test
    void who_has_withdrawn_is_not_woken_and_the_others_are() {
        Claim claim = granted("k");
        Waiter one = waiting("k", "one");
        waiting("k", "two");

        assertThat(one.withdraw()).isTrue();
        assertThat(one.withdraw()).isFalse();
        claim.complete();

        assertThat(woken).containsExactly("two");
    }

    @Test
    void it_is_too_late_to_withdraw_once_the_claim_has_ended() {
        Claim claim = granted("k");
        AtomicReference<Waiter> second = new AtomicReference<>();
        List<Boolean> withdrawn = new ArrayList<>();
        Waiter first = ((BusyHere) guard.claim("s", "k", POLICY, () -> withdrawn.add(second.get().withdraw())))
                .waiter();
        second.set(waiting("k", "second"));

        claim.complete();

        assertThat(withdrawn).as("withdrawing one that is about to be woken").containsExactly(false);
        assertThat(woken).containsExactly("second");
        assertThat(first.withdraw()).isFalse();
    }

    @Test
    void of_two_that_claim_at_once_one_asks_the_store_and_the_other_is_woken_whatever_the_answer() {
        for (ClaimResult answer : List.of(new ClaimResult.Completed(), new ClaimResult.Full(),
                new ClaimResult.Running(HOUR))) {
            woken.clear();
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch mayAnswer = new CountDownLatch(1);
            store.onClaim(() -> {
                asked.countDown();
                Threads.await(mayAnswer, "leave to answer");
                return answer;
            });
            int before = store.calls().size();
            FutureTask<ClaimAnswer> first = Threads.start(() -> claim("k"));
            Threads.await(asked, "the first claim's question");

            waiting("k", "second");
            assertThat(woken).isEmpty();
            mayAnswer.countDown();
            ClaimAnswer unused = Threads.result(first, "the first claim");

            assertThat(woken).as("%s", answer).containsExactly("second");
            assertThat(store.calls()).hasSize(before + 1);
        }
    }

    @Test
    void who_waits_while_the_store_grants_the_claim_is_woken_at_its_end_and_not_before() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        store.onClaim(() -> {
            asked.countDown();
            Threads.await(mayAnswer, "leave to answer");
            return new ClaimResult.Claimed(1, 0);
        });
        FutureTask<Claim> first = Threads.start(() -> granted("k"));
        Threads.await(asked, "the first claim's question");
        waiting("k", "second");
        mayAnswer.countDown();

        Claim claim = Threads.result(first, "the first claim");
        assertThat(woken).isEmpty();
        store.onRelease(() -> true);
        claim.release();

        assertThat(woken).containsExactly("second");
    }

    @Test
    void while_the_store_is_told_of_the_end_others_wait_and_are_woken_then() {
        Claim claim = granted("k");
        store.onComplete(() -> {
            waiting("k", "late");
            assertThat(woken).isEmpty();
            return true;
        });

        claim.complete();

        assertThat(woken).containsExactly("late");
    }

    /* ---------------- ends ---------------- */

    @Test
    void the_first_end_of_a_claim_counts() {
        Claim completed = granted("a");
        completed.complete();
        completed.release();
        completed.complete();
        Claim released = granted("b");
        released.release();
        released.complete();
        released.release();

        assertThat(store.calls()).containsExactly("claim s a PT2M", "complete s a 1 PT1H", "claim s b PT2M",
                "release s b 2");
        assertThat(claim("a")).isEqualTo(new Duplicate());
        assertThat(claim("b")).isInstanceOf(Granted.class);
    }

    @Test
    void a_claim_that_has_ended_does_not_end_the_next_one() {
        Claim first = granted("k");
        first.release();
        Claim second = granted("k");
        waiting("k", "one");

        first.complete();
        first.release();

        assertThat(woken).isEmpty();
        second.complete();
        assertThat(woken).containsExactly("one");
    }

    @Test
    void a_lost_lease_is_logged_as_a_warning() {
        try (CapturedLog log = CapturedLog.of("dev.eventbus")) {
            Claim claim = granted("k\n2026 ERROR forged");
            waiting("k\n2026 ERROR forged", "one");
            store.onComplete(() -> false);

            claim.complete();

            assertThat(log.lines())
                    .containsExactly("WARN bus 'b': subscription 's' handled an event longer than its claim "
                            + "lasted (idempotency key 'k\\u000a2026 ERROR forged', lease PT2M); it may have been handled twice, "
                            + "raise the lease");
            assertThat(woken).containsExactly("one");
            assertThat(guard.storeFailures()).isZero();
        }
    }

    @Test
    void nothing_is_logged_where_nothing_went_wrong_nor_when_a_failed_attempt_has_lost_its_lease() {
        try (CapturedLog log = CapturedLog.of("dev.eventbus")) {
            granted("a").complete();
            granted("b").release();
            store.onRelease(() -> false);
            granted("c").release();

            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void a_store_that_throws_when_told_of_a_success_is_logged_and_counted_and_everybody_woken() {
        try (CapturedLog log = CapturedLog.of("dev.eventbus")) {
            Claim claim = granted("k\u001b");
            waiting("k\u001b", "one");
            store.onComplete(() -> {
                throw new StackOverflowError("planted");
            });

            claim.complete();

            assertThat(log.lines()).containsExactly("ERROR bus 'b': subscription 's' handled an event (idempotency key "
                    + "'k\\u001b'), but the idempotency store " + HookedStore.class.getName()
                    + " threw java.lang.StackOverflowError: planted; the event may be handled again, mend the store");
            assertThat(woken).containsExactly("one");
            assertThat(guard.storeFailures()).isEqualTo(1);
        }
    }

    @Test
    void a_store_that_throws_when_told_of_a_failure_is_logged_and_counted_and_everybody_woken() {
        try (CapturedLog log = CapturedLog.of("dev.eventbus")) {
            Claim claim = granted("k\u001b");
            waiting("k\u001b", "one");
            store.onRelease(() -> {
                throw new IllegalStateException("planted");
            });

            claim.release();

            assertThat(log.lines())
                    .containsExactly("ERROR bus 'b': subscription 's' could not give back the claim of an "
                            + "event (idempotency key 'k\\u001b'), since the idempotency store "
                            + HookedStore.class.getName()
                            + " threw java.lang.IllegalStateException: planted; the event waits until the lease is over (PT2M), "
                            + "mend the store");
            assertThat(woken).containsExactly("one");
            assertThat(guard.storeFailures()).isEqualTo(1);
        }
    }
}
