/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.fixture.ManualClocks;
import dev.eventbus.fixture.Threads;
import dev.eventbus.spi.Clocks;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventIdsTest {
    private static final int PER_THREAD = 1_000_000;
    private static final int THREADS = 8;

    private final ManualClocks clocks = new ManualClocks();
    private final EventIds ids = new EventIds(clocks, new Random(1));

    @Test
    void carries_version_7_and_the_variant_of_the_rfc() {
        for (int i = 0; i < 1_000; i++) {
            UUID id = ids.nextId();

            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
        }
    }

    @Test
    void carries_the_wall_clock_in_its_upper_48_bits() {
        clocks.wallMillis(0x0123_4567_89ABL);

        assertThat(ids.nextId().toString()).startsWith("01234567-89ab-7");
    }

    @Test
    void follows_the_clock_when_it_goes_on() {
        ids.nextId();
        clocks.wallMillis(clocks.wallMillis() + 5);

        assertThat(millis(ids.nextId())).isEqualTo(clocks.wallMillis());
    }

    @Test
    void makes_an_id_of_two_halves_from_one_number() {
        long number = ids.next();

        UUID id = new UUID(ids.high(clocks.wallMillis(), number), ids.low(number));

        assertThat(id.version()).isEqualTo(7);
        assertThat(compare(id, ids.nextId())).isNegative();
    }

    @Test
    void rises_strictly_for_more_than_4096_ids_in_one_millisecond() {
        assertRising(100_000);
    }

    @Test
    void does_not_borrow_time_from_the_future_when_the_clock_stands() {
        for (int i = 0; i < 100_000; i++) {
            assertThat(millis(ids.nextId())).isEqualTo(clocks.wallMillis());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10_000, 3_600_000})
    void rises_strictly_when_the_clock_goes_back_by_milliseconds(long back) {
        UUID before = ids.nextId();
        clocks.wallMillis(clocks.wallMillis() - back);

        UUID after = ids.nextId();

        assertThat(compare(before, after)).isNegative();
        assertRising(10_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10_000, 3_600_000})
    void keeps_the_greatest_time_seen_when_the_clock_goes_back_by_milliseconds(long back) {
        long greatest = clocks.wallMillis();
        ids.nextId();
        clocks.wallMillis(greatest - back);

        assertThat(millis(ids.nextId())).isEqualTo(greatest);
    }

    @Test
    void rises_strictly_while_the_clock_jumps_at_every_id() {
        EventIds jumping = new EventIds(new JumpingClocks(), new Random(1));
        UUID last = jumping.nextId();

        for (int i = 0; i < 100_000; i++) {
            UUID next = jumping.nextId();
            assertThat(compare(last, next)).isNegative();
            last = next;
        }
    }

    @Test
    void eight_threads_make_8_million_ids_that_rise_in_each_thread_and_differ_overall() {
        JumpingClocks jumping = new JumpingClocks();
        EventIds shared = new EventIds(jumping, new Random(1));
        long first = number(shared.nextId());

        List<Made> all = Threads.together(THREADS, thread -> () -> make(shared, jumping, first));

        assertThat(all).allSatisfy(made -> {
            assertThat(made.notRising()).as("ids that do not rise in their thread").isZero();
            assertThat(made.ahead()).as("ids ahead of the greatest wall clock seen").isZero();
        });
        BitSet union = new BitSet();
        all.forEach(made -> union.or(made.numbers()));
        assertThat(union.cardinality()).as("ids that differ").isEqualTo(THREADS * PER_THREAD);
    }

    /** What one thread saw; ids with unlike counters are unlike, and a set of counters needs one bit per id. */
    private record Made(BitSet numbers, long notRising, long ahead) {}

    private static Made make(EventIds shared, JumpingClocks clocks, long first) {
        BitSet numbers = new BitSet(THREADS * PER_THREAD + 1);
        long notRising = 0;
        long ahead = 0;
        UUID last = new UUID(0, 0);
        for (int i = 0; i < PER_THREAD; i++) {
            UUID id = shared.nextId();
            notRising += compare(last, id) < 0 ? 0 : 1;
            ahead += millis(id) <= clocks.greatest() ? 0 : 1;
            numbers.set(Math.toIntExact(number(id) - first));
            last = id;
        }
        return new Made(numbers, notRising, ahead);
    }

    @Test
    void an_id_made_after_a_hand_over_to_another_thread_is_greater() {
        EventIds shared = new EventIds(new JumpingClocks(), new Random(1));
        SynchronousQueue<UUID> there = new SynchronousQueue<>();
        SynchronousQueue<UUID> back = new SynchronousQueue<>();
        int rounds = 5_000;

        FutureTask<Integer> other = Threads.start(() -> {
            int notRising = 0;
            for (int i = 0; i < rounds; i++) {
                UUID given = there.poll(10, TimeUnit.SECONDS);
                UUID mine = shared.nextId();
                notRising += compare(given, mine) < 0 ? 0 : 1;
                back.offer(mine, 10, TimeUnit.SECONDS);
            }
            return notRising;
        });
        FutureTask<Integer> one = Threads.start(() -> {
            int notRising = 0;
            for (int i = 0; i < rounds; i++) {
                there.offer(shared.nextId(), 10, TimeUnit.SECONDS);
                UUID given = back.poll(10, TimeUnit.SECONDS);
                notRising += compare(given, shared.nextId()) < 0 ? 0 : 1;
            }
            return notRising;
        });

        assertThat(Threads.result(one, "the first thread's end")).isZero();
        assertThat(Threads.result(other, "the second thread's end")).isZero();
    }

    @Test
    void two_buses_make_different_ids_in_the_same_millisecond() {
        EventIds other = new EventIds(clocks, new Random(2));
        Set<UUID> all = new HashSet<>();

        for (int i = 0; i < 10_000; i++) {
            all.add(ids.nextId());
            all.add(other.nextId());
        }

        assertThat(all).hasSize(20_000);
    }

    @Test
    void two_buses_whose_counters_meet_still_make_different_ids() {
        EventIds one = new EventIds(clocks, new CounterFirst(7, 1));
        EventIds other = new EventIds(clocks, new CounterFirst(7, 2));

        assertThat(one.nextId()).isNotEqualTo(other.nextId());
    }

    @Test
    void the_same_randomness_and_clock_give_the_same_ids() {
        assertThat(new EventIds(clocks, new Random(1)).nextId()).isEqualTo(ids.nextId());
    }

    @Test
    void the_last_24_bits_of_neighbours_look_unlike() {
        Set<Long> tails = new HashSet<>();

        for (int i = 0; i < 1_000; i++) {
            tails.add(ids.nextId().getLeastSignificantBits() & 0xFF_FFFF);
        }

        assertThat(tails).hasSizeGreaterThan(990);
    }

    private void assertRising(int count) {
        UUID last = ids.nextId();
        for (int i = 0; i < count; i++) {
            UUID next = ids.nextId();
            assertThat(compare(last, next)).isNegative();
            last = next;
        }
    }

    private static int compare(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }

    private static long millis(UUID id) {
        return id.getMostSignificantBits() >>> 16;
    }

    private static long number(UUID id) {
        return (id.getMostSignificantBits() & 0xFFF) << 38 | id.getLeastSignificantBits() << 2 >>> 26;
    }

    /** A wall clock that goes on by 1 ms in 1,000 readings, and shows 1 ms, 10 s or 1 h less in three of four. */
    private static final class JumpingClocks implements Clocks {
        private static final long[] BACK = {0, 1, 10_000, 3_600_000};

        private final AtomicLong readings = new AtomicLong();
        private final AtomicLong greatest = new AtomicLong();

        @Override
        public long wallMillis() {
            long reading = readings.getAndIncrement();
            long millis = ManualClocks.START.toEpochMilli() + reading / 1_000 - BACK[(int) (reading & 3)];
            if (millis > greatest.get()) {
                greatest.accumulateAndGet(millis, Math::max);
            }
            return millis;
        }

        long greatest() {
            return greatest.get();
        }

        @Override
        public long monotonicNanos() {
            throw new AssertionError("ids need the wall clock only");
        }
    }

    /** Gives the two numbers that a source of ids draws. */
    private static final class CounterFirst implements java.util.random.RandomGenerator {
        private long next;
        private final long last;

        CounterFirst(long counter, long secret) {
            this.next = counter << 16;
            this.last = secret;
        }

        @Override
        public long nextLong() {
            long now = next;
            next = last;
            return now;
        }
    }
}
