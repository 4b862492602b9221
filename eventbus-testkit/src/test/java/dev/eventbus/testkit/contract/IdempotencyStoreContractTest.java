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
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class IdempotencyStoreContractTest {
    private static final String RELEASED = "a released claim cannot be ended again";
    private static final String COMPLETED = "a completed claim cannot be ended again";
    private static final String RUNS = "a key that is claimed runs";
    private static final String STAYS = "a key that was completed is completed";
    private static final String FREE = "a key that was released is free";
    private static final String RETENTION = "a key is completed for its retention time";
    private static final String BEGINS = "the retention time begins when the claim is completed";
    private static final String OVER = "a key whose time is over is free whatever the others are";
    private static final String ROOM = "a key whose time is over makes room";
    private static final String FOREIGN = "a token that is not the claims ends nothing";
    private static final String EACH = "gives each key to one of several threads";
    private static final String EMPTY = "is empty at first";
    private static final String TOKENS = "issues no token twice";
    private static final String ALIKE = "tells keys apart that look alike";
    private static final String GIVES_UP = "never gives up a running claim for want of room";
    private static final String THREADS = "never holds more claims than its capacity when threads claim at once";
    private static final String LEASE = "a claim that nobody ends can be taken over after its lease or not as declared";
    private static final String BOUND = "when full of completed keys it forgets the oldest or refuses or grows as declared";

    /** A whole store with leases, whose parts a fault may replace. */
    private static class Model implements IdempotencyStore {
        record Id(String subscription, String key) {}

        record Entry(long token, boolean done, long endNanos) {}

        final Map<Id, Entry> entries = new LinkedHashMap<>(); // guarded by this; the first completed first
        final MovedClocks clocks;
        final int capacity;
        long lastToken;
        long forgotten;

        Model(int capacity, MovedClocks clocks) {
            this.capacity = capacity;
            this.clocks = clocks;
        }

        Id id(String subscription, String key) {
            return new Id(subscription, key);
        }

        boolean isOver(Entry entry) {
            return entry.endNanos <= clocks.monotonicNanos();
        }

        @Override
        public synchronized ClaimResult claim(String subscription, String key, Duration lease) {
            entries.values().removeIf(this::isOver);
            Entry known = entries.get(id(subscription, key));
            if (known != null) {
                return known.done ? new Completed() : new Running(Duration.ZERO);
            }
            int early = entries.size() < capacity ? 0 : makeRoom();
            if (early < 0) {
                return new Full();
            }
            forgotten += early;
            long token = nextToken();
            entries.put(id(subscription, key), new Entry(token, false, leaseEnd(lease)));
            return new Claimed(token, early);
        }

        long nextToken() {
            return ++lastToken;
        }

        long leaseEnd(Duration lease) {
            return clocks.monotonicNanos() + lease.toNanos();
        }

        int makeRoom() {
            Optional<Id> oldest = entries.entrySet().stream().filter(entry -> entry.getValue().done)
                    .map(Map.Entry::getKey).findFirst();
            oldest.ifPresent(entries::remove);
            return oldest.isPresent() ? 1 : -1;
        }

        @Override
        public synchronized boolean complete(String subscription, String key, long token, Duration retention) {
            Id id = id(subscription, key);
            if (!isOwn(entries.get(id), token)) {
                return false;
            }
            entries.remove(id);
            entries.put(id, new Entry(token, true, clocks.monotonicNanos() + retention.toNanos()));
            return true;
        }

        @Override
        public synchronized boolean release(String subscription, String key, long token) {
            Id id = id(subscription, key);
            boolean own = isOwn(entries.get(id), token);
            if (own) {
                entries.remove(id);
            }
            return own;
        }

        boolean isOwn(@Nullable Entry entry, long token) {
            return entry != null && !entry.done && entry.token == token;
        }

        @Override
        public synchronized int size() {
            return entries.size();
        }

        @Override
        public synchronized long forgotten() {
            return forgotten;
        }
    }

    /** Run by the tests below alone; each store breaks one promise, or is declared wrongly. */
    static final class Stores {
        static class Leasing extends IdempotencyStoreContract {
            final MovedClocks clocks = new MovedClocks();

            @Override
            protected IdempotencyStore store(int capacity) {
                return new Model(capacity, clocks);
            }

            @Override
            protected void advance(Duration time) {
                clocks.advance(time);
            }

            @Override
            protected boolean hasLeases() {
                return true;
            }

            @Override
            protected Optional<WhenFull> whenFull() {
                return Optional.of(WhenFull.FORGET_OLDEST);
            }
        }

        static final class LeasingUndeclared extends Leasing {
            @Override
            protected boolean hasLeases() {
                return false;
            }
        }

        static class Boundless extends Leasing {
            @Override
            protected IdempotencyStore store(int capacity) {
                return new Model(Integer.MAX_VALUE, clocks);
            }
        }

        static final class BoundlessAsDeclared extends Boundless {
            @Override
            protected Optional<WhenFull> whenFull() {
                return Optional.empty();
            }
        }

        static final class RefusesUndeclared extends Leasing {
            @Override
            protected IdempotencyStore store(int capacity) {
                return IdempotencyStore.inMemory(capacity, clocks, WhenFull.REFUSE);
            }

            @Override
            protected boolean hasLeases() {
                return false;
            }
        }

        static final class HonoursNothing extends Leasing {
            @Override
            protected IdempotencyStore store(int capacity) {
                return new Nothing();
            }
        }

        static final class GrantsWhatRuns extends Leasing {
            @Override
            protected IdempotencyStore store(int capacity) {
                return new Model(capacity, clocks) {
                    @Override
                    public synchronized ClaimResult claim(String subscription, String key, Duration lease) {
                        Entry known = entries.get(id(subscription, key));
                        if (known != null && !known.done) {
                            entries.remove(id(subscription, key));
                        }
                        return super.claim(subscription, key, lease);
                    }
                };
            }
        }

        static final class ForgetsSuccesses extends Leasing {
            @Override
            protected IdempotencyStore store(int capacity) {
                return new Model(capacity, clocks) {
                    @Override
                    public synchronized boolean complete(String subscription, String key, long token, Duration kept) {
                        return release(subscription, key, token);
                    }
                };
            }
        }

        static final class KeepsFailures extends Leasing {
            @Override
            protected IdempotencyStore store(int capacity) {
                return new Model(capacity, clocks) {
                    @Override
                    public synchronized boolean release(String subscription, String key, long token) {
                        return complete(subscription, key, token, Duration.ofHours(1));
                    }
                };
            }
        }

        static final class IgnoresCase extends Leasing {
            @Override
            protected IdempotencyStore store(int capacity) {
                return new Model(capacity, clocks) {
                    @Override
                    Id id(String subscription, String key) {
                        return new Id(subscription, key.toLowerCase(Locale.ROOT));
                    }
                };
            }
        }

        static final class JoinsSubscriptionAndKey extends Leasing {
            @Override
            protected IdempotencyStore store(int capacity) {
                return new Model(capacity, clocks) {
                    @Override
                    Id id(String subscription, String key) {
                        return new Id("", subscription + ":" + key);
                    }
                };
            }
        }

        static final class TokenPerKey extends Leasing {
            @Override
            protected IdempotencyStore store(int capacity) {
                return new Model(capacity, clocks) {
                    @Override
                    public synchronized ClaimResult claim(String subscription, String key, Duration lease) {
                        lastToken = id(subscription, key).hashCode() - 1L;
                        return super.claim(subscription, key, lease);
                    }
                };
            }
        }

        static final class EndsByKeyAlone extends Leasing {
            @Override
            protected IdempotencyStore store(int capacity) {
                return new Model(capacity, clocks) {
                    @Override
                    boolean isOwn(@Nullable Entry entry, long token) {
                        return entry != null && !entry.done;
                    }
                };
            }
        }

        static final class EndsTwice extends Leasing {
            @Override
            protected IdempotencyStore store(int capacity) {
                return new Model(capacity, clocks) {
                    @Override
                    boolean isOwn(@Nullable Entry entry, long token) {
                        return entry != null && entry.token == token;
                    }
                };
            }
        }

        static final class EndsLeasesEarly extends Leasing {
            @Override
            protected IdempotencyStore store(int capacity) {
                return new Model(capacity, clocks) {
                    @Override
                    long leaseEnd(Duration lease) {
                        return super.leaseEnd(lease.dividedBy(2));
                    }
                };
            }
        }

        static final class KeepsForEver extends Leasing {
            @Override
            protected IdempotencyStore store(int capacity) {
                return new Model(capacity, clocks) {
                    @Override
                    boolean isOver(Entry entry) {
                        return !entry.done && super.isOver(entry);
                    }
                };
            }
        }

        static final class KeepsForLess extends Leasing {
            @Override
            protected IdempotencyStore store(int capacity) {
                return new Model(capacity, clocks) {
                    @Override
                    public synchronized boolean complete(String subscription, String key, long token, Duration kept) {
                        return super.complete(subscription, key, token, kept.minusMinutes(kept.toMinutes() / 2));
                    }
                };
            }
        }

        static final class CountsRetentionFromTheClaim extends Leasing {
            @Override
            protected IdempotencyStore store(int capacity) {
                return new Model(capacity, clocks) {
                    @Override
                    public synchronized boolean complete(String subscription, String key, long token, Duration kept) {
                        Entry entry = entries.get(id(subscription, key));
                        long begun = entry == null ? 0 : entry.endNanos - Duration.ofMinutes(10).toNanos();
                        long since = entry == null ? 0 : clocks.monotonicNanos() - begun;
                        return super.complete(subscription, key, token, kept.minusNanos(since));
                    }
                };
            }
        }

        static final class LooksAtTheOldestAlone extends Leasing {
            @Override
            protected IdempotencyStore store(int capacity) {
                return new Model(capacity, clocks) {
                    @Override
                    boolean isOver(Entry entry) {
                        return super.isOver(entry)
                                && (!entry.done || entry.equals(entries.values().iterator().next()));
                    }
                };
            }
        }

        static final class ForgetsTheNewest extends Leasing {
            @Override
            protected IdempotencyStore store(int capacity) {
                return new Model(capacity, clocks) {
                    @Override
                    int makeRoom() {
                        Optional<Id> newest = entries.entrySet().stream().filter(entry -> entry.getValue().done)
                                .map(Map.Entry::getKey).reduce((one, later) -> later);
                        newest.ifPresent(entries::remove);
                        return newest.isPresent() ? 1 : -1;
                    }
                };
            }
        }

        static final class ForgetsSilently extends Leasing {
            @Override
            protected IdempotencyStore store(int capacity) {
                return new Model(capacity, clocks) {
                    @Override
                    int makeRoom() {
                        return Math.min(0, super.makeRoom());
                    }
                };
            }
        }

        static final class ForgetsClaims extends Leasing {
            @Override
            protected IdempotencyStore store(int capacity) {
                return new Model(capacity, clocks) {
                    @Override
                    int makeRoom() {
                        if (super.makeRoom() < 0) {
                            entries.remove(entries.keySet().iterator().next());
                        }
                        return 1;
                    }
                };
            }
        }
    }

    /** The answers that suit nobody. */
    private static final class Nothing implements IdempotencyStore {
        @Override
        public ClaimResult claim(String subscription, String key, Duration lease) {
            return new Claimed(7, 7);
        }

        @Override
        public boolean complete(String subscription, String key, long token, Duration retention) {
            return true;
        }

        @Override
        public boolean release(String subscription, String key, long token) {
            return true;
        }

        @Override
        public int size() {
            return 7;
        }

        @Override
        public long forgotten() {
            return 7;
        }
    }

    @Test
    void a_store_that_honours_nothing_fails_every_case_and_none_is_skipped() {
        SuiteRun good = SuiteRun.of(InMemoryIdempotencyStoreContractTest.class);
        SuiteRun bad = SuiteRun.of(Stores.HonoursNothing.class);

        assertThat(good.failures()).isEmpty();
        assertThat(good.cases()).hasSize(18);
        assertThat(good.skipped()).isEmpty();
        assertThat(bad.cases()).isEqualTo(good.cases());
        assertThat(bad.skipped()).isEmpty();
        assertThat(bad.failures().keySet()).isEqualTo(good.cases());
    }

    @Test
    void a_store_with_one_fault_fails_the_cases_of_that_promise() {
        failsIn(Stores.GrantsWhatRuns.class, LEASE, RETENTION, RUNS, FOREIGN, EACH, GIVES_UP, ALIKE);
        failsIn(Stores.ForgetsSuccesses.class, LEASE, COMPLETED, RETENTION, STAYS, FREE, OVER, BEGINS, BOUND);
        failsIn(Stores.KeepsFailures.class, FREE, RELEASED, TOKENS, BOUND);
        failsIn(Stores.IgnoresCase.class, ALIKE);
        failsIn(Stores.JoinsSubscriptionAndKey.class, ALIKE);
        failsIn(Stores.TokenPerKey.class, LEASE, RELEASED, TOKENS);
        failsIn(Stores.EndsByKeyAlone.class, LEASE, RELEASED, FOREIGN);
        failsIn(Stores.EndsTwice.class, COMPLETED);
        failsIn(Stores.EndsLeasesEarly.class, LEASE);
        failsIn(Stores.KeepsForEver.class, RETENTION, OVER, ROOM, TOKENS);
        failsIn(Stores.KeepsForLess.class, RETENTION, BEGINS);
        failsIn(Stores.CountsRetentionFromTheClaim.class, BEGINS);
        failsIn(Stores.LooksAtTheOldestAlone.class, OVER, ROOM);
        failsIn(Stores.ForgetsTheNewest.class, BOUND);
        failsIn(Stores.ForgetsSilently.class, BOUND);
        failsIn(Stores.ForgetsClaims.class, GIVES_UP, THREADS);
    }

    private static void failsIn(Class<?> suite, String... cases) {
        assertThat(SuiteRun.of(suite).failures()).as(suite.getSimpleName()).containsOnlyKeys(cases);
    }

    @Test
    void a_declaration_is_believed_when_it_is_true_and_fails_its_case_when_it_is_not() {
        assertThat(SuiteRun.of(Stores.Leasing.class).failures()).isEmpty();
        assertThat(SuiteRun.of(Stores.BoundlessAsDeclared.class).failures()).isEmpty();
        assertThat(SuiteRun.of(CarefulIdempotencyStoreContractTest.class).failures()).isEmpty();
        assertThat(SuiteRun.of(Stores.LeasingUndeclared.class).failures()).isEqualTo(Map.of(LEASE,
                "[a claim of the key after the lease, as hasLeases() declares]"));
        assertThat(SuiteRun.of(Stores.RefusesUndeclared.class).failures()).isEqualTo(Map.of(BOUND,
                "[a claim that goes beyond the capacity, as whenFull() declares]"));
        assertThat(SuiteRun.of(Stores.Boundless.class).failures()).isEqualTo(Map.of(
                BOUND, "[keys forgotten for it, as whenFull() declares]",
                GIVES_UP, "[a claim beyond a capacity full of claims, as whenFull() declares]",
                THREADS, "[claims granted to 4 threads at once, as whenFull() declares]"));
    }
}
