/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.fixture.ManualClocks;
import dev.eventbus.fixture.Threads;
import dev.eventbus.idempotency.ClaimResult.Claimed;
import dev.eventbus.idempotency.ClaimResult.Completed;
import dev.eventbus.idempotency.ClaimResult.Full;
import dev.eventbus.idempotency.ClaimResult.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InMemoryIdempotencyStoreTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TICK = Duration.ofNanos(1);

    private final ManualClocks clocks = new ManualClocks();
    private final IdempotencyStore store = IdempotencyStore.inMemory(3, clocks);

    private static ClaimResult claim(IdempotencyStore store, String key) {
        return store.claim("s", key, LEASE);
    }

    private static long token(IdempotencyStore store, String key) {
        ClaimResult result = claim(store, key);
        assertThat(result).isInstanceOf(Claimed.class);
        return ((Claimed) result).token();
    }

    private static void complete(IdempotencyStore store, String key, Duration retention) {
        assertThat(store.complete("s", key, token(store, key), retention)).isTrue();
    }

    /* ---------------- making one ---------------- */

    @Test
    void refuses_what_makes_no_sense() {
        assertThatThrownBy(() -> IdempotencyStore.inMemory(0)).isInstanceOf(ConfigurationException.class)
                .hasMessage("capacity must be >= 1, was 0");
        assertThatThrownBy(() -> IdempotencyStore.inMemory(1, null)).isInstanceOf(ConfigurationException.class)
                .hasMessage("clocks must not be null; pass a value");
        assertThatThrownBy(() -> IdempotencyStore.inMemory(1, clocks, null)).isInstanceOf(ConfigurationException.class)
                .hasMessage("whenFull must not be null; pass a value");
    }

    @Test
    void the_machines_clocks_are_the_default() {
        IdempotencyStore small = IdempotencyStore.inMemory(1);

        complete(small, "a", TICK);
        complete(small, "b", Duration.ofDays(10_000));

        assertThat(claim(small, "b")).isEqualTo(new Completed());
        assertThat(small.size()).isEqualTo(1);
    }

    /* ---------------- transitions ---------------- */

    @Test
    void gives_a_free_key_to_the_first_and_tells_the_second_that_it_runs() {
        assertThat(claim(store, "a")).isEqualTo(new Claimed(1, 0));

        assertThat(claim(store, "a")).isEqualTo(new Running(Duration.ofMillis(100)));
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void a_completed_key_stays_completed() {
        complete(store, "a", HOUR);

        assertThat(claim(store, "a")).isEqualTo(new Completed());
        assertThat(claim(store, "a")).isEqualTo(new Completed());
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void a_released_key_is_free_and_its_next_claim_has_another_token() {
        long first = token(store, "a");

        assertThat(store.release("s", "a", first)).isTrue();

        assertThat(store.size()).isZero();
        assertThat(token(store, "a")).isNotEqualTo(first);
    }

    @Test
    void keys_and_subscriptions_are_apart() {
        complete(store, "a", HOUR);

        assertThat(claim(store, "A")).isInstanceOf(Claimed.class);
        assertThat(store.claim("other", "a", LEASE)).isInstanceOf(Claimed.class);
    }

    @Test
    void a_token_that_is_not_the_claims_ends_nothing() {
        long token = token(store, "a");
        long other = token(store, "b");

        assertThat(store.complete("s", "a", other, HOUR)).isFalse();
        assertThat(store.release("s", "a", other)).isFalse();
        assertThat(store.complete("other", "a", token, HOUR)).isFalse();
        assertThat(store.release("other", "a", token)).isFalse();

        assertThat(claim(store, "a")).isInstanceOf(Running.class);
        assertThat(store.size()).isEqualTo(2);
        assertThat(store.complete("s", "a", token, HOUR)).isTrue();
    }

    @Test
    void a_token_is_worth_nothing_after_the_end_of_its_claim() {
        long completed = token(store, "a");
        assertThat(store.complete("s", "a", completed, HOUR)).isTrue();
        long released = token(store, "b");
        assertThat(store.release("s", "b", released)).isTrue();

        assertThat(store.complete("s", "a", completed, HOUR)).isFalse();
        assertThat(store.release("s", "a", completed)).isFalse();
        assertThat(store.complete("s", "b", released, HOUR)).isFalse();
        assertThat(store.release("s", "b", released)).isFalse();

        assertThat(claim(store, "a")).isEqualTo(new Completed());
        assertThat(claim(store, "b")).isInstanceOf(Claimed.class);
    }

    @Test
    void a_running_claim_has_no_lease() {
        long token = token(store, "a");

        clocks.advance(Duration.ofDays(1_000));

        assertThat(claim(store, "a")).isInstanceOf(Running.class);
        assertThat(store.complete("s", "a", token, HOUR)).isTrue();
    }

    /* ---------------- retention ---------------- */

    @Test
    void a_key_is_completed_until_its_retention_is_over_and_free_from_then_on() {
        complete(store, "a", HOUR);

        clocks.advance(HOUR.minus(TICK));
        assertThat(claim(store, "a")).isEqualTo(new Completed());
        clocks.advance(TICK);

        assertThat(claim(store, "a")).isEqualTo(new Claimed(2, 0));
        assertThat(store.forgotten()).isZero();
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void retention_begins_when_the_claim_is_completed() {
        long token = token(store, "a");
        clocks.advance(HOUR.multipliedBy(2));
        assertThat(store.complete("s", "a", token, HOUR)).isTrue();

        clocks.advance(HOUR.minus(TICK));

        assertThat(claim(store, "a")).isEqualTo(new Completed());
    }

    @ParameterizedTest
    @ValueSource(longs = {-10_800_000, 10_800_000})
    void a_jump_of_the_wall_clock_changes_nothing(long millis) {
        complete(store, "a", HOUR);

        clocks.wallMillis(clocks.wallMillis() + millis);

        assertThat(claim(store, "a")).isEqualTo(new Completed());
        clocks.advance(HOUR);
        assertThat(claim(store, "a")).isInstanceOf(Claimed.class);
    }

    @Test
    void the_longest_retention_does_not_overflow() {
        complete(store, "a", Duration.ofSeconds(Long.MAX_VALUE));
        complete(store, "b", Duration.ofNanos(Long.MAX_VALUE));
        complete(store, "c", HOUR);

        clocks.advance(Duration.ofDays(20_000));

        assertThat(claim(store, "a")).isEqualTo(new Completed());
        assertThat(claim(store, "b")).isEqualTo(new Completed());
        assertThat(claim(store, "c")).isInstanceOf(Claimed.class);
    }

    @Test
    void a_retention_below_the_bound_of_all_is_taken_to_the_nanosecond() {
        Duration decades = Duration.ofSeconds(Long.MAX_VALUE / 4 / 1_000_000_000L - 1).plusNanos(5);
        complete(store, "a", decades);

        clocks.advance(decades.minus(TICK));
        assertThat(claim(store, "a")).isEqualTo(new Completed());
        clocks.advance(TICK);
        assertThat(claim(store, "a")).isInstanceOf(Claimed.class);
    }

    @Test
    void a_monotonic_clock_may_pass_its_largest_value() {
        clocks.monotonicNanos(Long.MAX_VALUE - 10);
        complete(store, "late", Duration.ofNanos(5));
        complete(store, "wrapped", Duration.ofNanos(20));

        clocks.monotonicNanos(Long.MAX_VALUE - 5);
        assertThat(claim(store, "wrapped")).isEqualTo(new Completed());
        assertThat(store.size()).as("the one that is over has gone, though its end is the larger number").isEqualTo(1);
        clocks.monotonicNanos(Long.MIN_VALUE + 9);
        assertThat(claim(store, "wrapped")).isInstanceOf(Claimed.class);
    }

    @Test
    void each_claim_drops_two_keys_that_are_over_and_no_more() {
        IdempotencyStore large = IdempotencyStore.inMemory(100, clocks);
        IntStream.range(0, 10).forEach(i -> complete(large, "old" + i, HOUR));
        clocks.advance(HOUR);

        assertThat(claim(large, "a")).isInstanceOf(Claimed.class);
        assertThat(large.size()).isEqualTo(9);
        assertThat(claim(large, "a")).isInstanceOf(Running.class);
        assertThat(large.size()).isEqualTo(7);
    }

    @Test
    void a_key_that_is_over_is_free_though_many_others_have_not_been_dropped_yet() {
        IdempotencyStore large = IdempotencyStore.inMemory(100, clocks);
        IntStream.range(0, 10).forEach(i -> complete(large, "old" + i, HOUR));
        clocks.advance(HOUR);

        complete(large, "old9", HOUR);

        assertThat(large.size()).isEqualTo(8);
        assertThat(claim(large, "old9")).isEqualTo(new Completed());
        assertThat(claim(large, "old8")).isInstanceOf(Claimed.class);
    }

    /* ---------------- the bound ---------------- */

    @Test
    void forgets_the_key_that_was_completed_first_and_counts_it() {
        long slow = token(store, "slow"); // claimed first
        complete(store, "a", HOUR);
        complete(store, "b", Duration.ofMinutes(1)); // over first
        assertThat(store.forgotten()).isZero();

        assertThat(claim(store, "c")).isEqualTo(new Claimed(4, 1));

        assertThat(store.forgotten()).isEqualTo(1);
        assertThat(store.size()).isEqualTo(3);
        assertThat(claim(store, "b")).isEqualTo(new Completed());
        assertThat(store.complete("s", "slow", slow, HOUR)).isTrue();
        assertThat(claim(store, "a")).as("what was forgotten is free").isEqualTo(new Claimed(5, 1));
        assertThat(store.forgotten()).isEqualTo(2);
    }

    @Test
    void a_key_that_was_completed_again_is_not_the_oldest() {
        complete(store, "a", Duration.ofMinutes(1));
        complete(store, "b", HOUR);
        clocks.advance(Duration.ofMinutes(1));
        complete(store, "a", HOUR);
        complete(store, "c", HOUR);

        assertThat(claim(store, "d")).isEqualTo(new Claimed(5, 1));

        assertThat(claim(store, "a")).isEqualTo(new Completed());
        assertThat(claim(store, "c")).isEqualTo(new Completed());
    }

    @Test
    void never_forgets_a_running_claim() {
        long a = token(store, "a");
        long b = token(store, "b");
        long c = token(store, "c");

        assertThat(claim(store, "d")).isEqualTo(new Full());

        assertThat(store.size()).isEqualTo(3);
        assertThat(store.forgotten()).isZero();
        assertThat(claim(store, "a")).isInstanceOf(Running.class);
        assertThat(store.complete("s", "b", b, HOUR)).isTrue();
        assertThat(claim(store, "d")).isEqualTo(new Claimed(4, 1));
        assertThat(store.release("s", "a", a)).isTrue();
        assertThat(claim(store, "e")).isEqualTo(new Claimed(5, 0));
        assertThat(store.release("s", "c", c)).isTrue();
    }

    @Test
    void tells_of_known_keys_even_when_full() {
        long a = token(store, "a");
        complete(store, "b", HOUR);
        complete(store, "c", HOUR);

        assertThat(claim(store, "a")).isInstanceOf(Running.class);
        assertThat(claim(store, "b")).isEqualTo(new Completed());
        assertThat(store.forgotten()).isZero();
        assertThat(store.complete("s", "a", a, HOUR)).as("ending a claim needs no room").isTrue();
    }

    @Test
    void a_key_that_is_over_makes_room_wherever_it_stands() {
        for (int over = 0; over < 3; over++) {
            IdempotencyStore full = IdempotencyStore.inMemory(3, clocks);
            for (int i = 0; i < 3; i++) {
                complete(full, "k" + i, i == over ? Duration.ofMinutes(1) : HOUR);
            }
            clocks.advance(Duration.ofMinutes(1));

            assertThat(claim(full, "new")).isEqualTo(new Claimed(4, 0));

            assertThat(full.forgotten()).isZero();
            for (int i = 0; i < 3; i++) {
                if (i != over) {
                    assertThat(claim(full, "k" + i)).as("key %s where %s is over", i, over).isEqualTo(new Completed());
                }
            }
        }
    }

    @Test
    void refuses_new_keys_when_full_if_so_chosen_and_forgets_nothing() {
        IdempotencyStore careful = IdempotencyStore.inMemory(2, clocks, WhenFull.REFUSE);
        complete(careful, "a", HOUR);
        complete(careful, "b", Duration.ofMinutes(1));

        assertThat(claim(careful, "c")).isEqualTo(new Full());
        assertThat(claim(careful, "a")).isEqualTo(new Completed());
        assertThat(careful.forgotten()).isZero();
        clocks.advance(Duration.ofMinutes(1));

        assertThat(claim(careful, "c")).isEqualTo(new Claimed(3, 0));
        assertThat(claim(careful, "d")).isEqualTo(new Full());
    }

    // B10: whatever order retention times come in, nothing that is over is mistaken for what lives, and nothing that lives is
    // forgotten while something over could make room.
    @Test
    void agrees_with_a_plain_model_whatever_happens() {
        for (int seed = 0; seed < 300; seed++) {
            PlainModel model = new PlainModel(new Random(seed));
            for (int step = 0; step < 200; step++) {
                model.step("seed " + seed + " step " + step);
            }
        }
    }

    /** Keys with the moments at which they are over, looked through one by one. */
    private static final class PlainModel {
        private static final int CAPACITY = 6;

        private record Entry(String key, long token, long endNanos) {}

        private final List<Entry> done = new ArrayList<>();
        private final List<Entry> running = new ArrayList<>();
        private final ManualClocks clocks = new ManualClocks();
        private final IdempotencyStore store = IdempotencyStore.inMemory(CAPACITY, clocks);
        private final Random random;
        private long forgotten;

        PlainModel(Random random) {
            this.random = random;
        }

        void step(String where) {
            switch (random.nextInt(4)) {
                case 0 -> clocks.advance(Duration.ofMinutes(random.nextInt(20)));
                case 1 -> end(where);
                default -> claim(where, "k" + random.nextInt(12));
            }
            assertThat(store.forgotten()).as(where).isEqualTo(forgotten);
            assertThat(store.size()).as(where).isBetween(running.size(), CAPACITY);
        }

        private void end(String where) {
            if (!running.isEmpty()) {
                Entry entry = running.remove(random.nextInt(running.size()));
                if (random.nextBoolean()) {
                    assertThat(store.release("s", entry.key, entry.token)).as(where).isTrue();
                } else {
                    Duration retention = Duration.ofMinutes(1 + random.nextInt(60));
                    assertThat(store.complete("s", entry.key, entry.token, retention)).as(where).isTrue();
                    done.add(new Entry(entry.key, entry.token, clocks.monotonicNanos() + retention.toNanos()));
                }
            }
        }

        private void claim(String where, String key) {
            done.removeIf(entry -> entry.endNanos <= clocks.monotonicNanos());
            ClaimResult result = store.claim("s", key, LEASE);
            if (running.stream().anyMatch(entry -> entry.key.equals(key))) {
                assertThat(result).as(where).isInstanceOf(Running.class);
            } else if (done.stream().anyMatch(entry -> entry.key.equals(key))) {
                assertThat(result).as(where).isInstanceOf(Completed.class);
            } else if (running.size() == CAPACITY) {
                assertThat(result).as(where).isInstanceOf(Full.class);
            } else {
                int early = running.size() + done.size() == CAPACITY ? 1 : 0;
                assertThat(result).as(where).isInstanceOfSatisfying(Claimed.class,
                        claimed -> assertThat(claimed.forgotten()).isEqualTo(early));
                done.subList(0, early).clear();
                forgotten += early;
                running.add(new Entry(key, ((Claimed) result).token(), 0));
            }
        }
    }

    /* ---------------- threads ---------------- */

    @Test
    void of_many_threads_one_gets_each_key_and_all_tokens_differ() {
        IdempotencyStore large = IdempotencyStore.inMemory(1_000);
        List<List<Long>> tokens = Threads.together(8, thread -> () -> IntStream.range(0, 1_000)
                .mapToObj(i -> claim(large, "k" + i)).filter(Claimed.class::isInstance)
                .map(result -> ((Claimed) result).token()).toList());

        Set<Long> all = new HashSet<>();
        tokens.forEach(all::addAll);
        assertThat(tokens.stream().mapToInt(List::size).sum()).isEqualTo(1_000);
        assertThat(all).hasSize(1_000);
    }

    @Test
    void never_holds_more_than_its_capacity_when_threads_claim_at_once() {
        List<Long> granted = Threads.together(8, thread -> () -> IntStream.range(0, 100)
                .filter(i -> claim(store, thread + "-" + i) instanceof Claimed).count());

        assertThat(granted.stream().mapToLong(Long::longValue).sum()).isEqualTo(3);
        assertThat(store.size()).isEqualTo(3);
    }
}
