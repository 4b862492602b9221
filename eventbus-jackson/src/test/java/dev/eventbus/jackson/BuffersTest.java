/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.event.EventEnvelope;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.json.JsonMapper;

/** What a codec leaves in memory when virtual threads use it, each once. */
@Timeout(240)
@DisplayNameGeneration(ReplaceUnderscores.class)
class BuffersTest {
    private static final int THREADS = Integer.getInteger("buffers.threads", 100_000);
    private static final int ALIVE = 1_000;
    private static final long MIB = 1 << 20;

    private final JacksonEventCodec codec = JacksonEventCodec.of(Samples.types());
    private final EventEnvelope<?> event = Samples.created();

    private boolean comesBack() {
        return codec.decode(codec.encode(event)).equals(event);
    }

    @Test
    @Rule("J-4")
    void threads_that_have_ended_leave_nothing_behind() throws InterruptedException {
        assertThat(retainedBy(THREADS, this::comesBack)).as("bytes retained after %d threads", THREADS)
                .isLessThan(MIB);
    }

    @Test
    void a_buffer_that_is_kept_for_each_thread_that_has_ended_is_found() throws InterruptedException {
        Queue<byte[]> kept = new ConcurrentLinkedQueue<>();
        assertThat(retainedBy(10_000, () -> comesBack() && kept.add(new byte[1_000]))).isGreaterThan(MIB);
        assertThat(kept).isNotEmpty();
    }

    @Test
    @Rule("J-4")
    void threads_that_go_on_hold_no_buffers() throws InterruptedException {
        long idle = heldBy(() -> true);

        assertThat(heldBy(this::comesBack) - idle).as("bytes held by %d threads", ALIVE).isLessThan(MIB);
    }

    @Test
    void buffers_in_thread_locals_are_found() throws InterruptedException {
        JsonMapper mapper = JsonMapper
                .builder(JsonFactory.builder().recyclerPool(JsonRecyclerPools.threadLocalPool()).build()).build();
        long idle = heldBy(() -> true);

        assertThat(heldBy(() -> mapper.writeValueAsString("planted").length() == 9) - idle).isGreaterThan(4 * MIB);
    }

    /** One thing that each thread does. */
    private interface Work {
        boolean isRight();
    }

    /** Bytes that are live after so many threads and were not before, when all is loaded and pools are filled. */
    private static long retainedBy(int threads, Work work) throws InterruptedException {
        run(2_000, work);
        long before = liveBytes();
        run(threads, work);
        return liveBytes() - before;
    }

    private static void run(int threads, Work work) throws InterruptedException {
        AtomicInteger right = new AtomicInteger();
        for (int done = 0; done < threads; done += ALIVE) {
            CountDownLatch end = new CountDownLatch(ALIVE);
            for (int i = 0; i < ALIVE; i++) {
                Thread.startVirtualThread(() -> {
                    right.addAndGet(work.isRight() ? 1 : 0);
                    end.countDown();
                });
            }
            assertThat(end.await(60, TimeUnit.SECONDS)).as("whether a thousand threads ended").isTrue();
        }
        assertThat(right).hasValue(threads);
    }

    /** Bytes that are live while threads wait that have done their work. */
    private static long heldBy(Work work) throws InterruptedException {
        run(2_000, work);
        CountDownLatch worked = new CountDownLatch(ALIVE);
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        long before = liveBytes();
        for (int i = 0; i < ALIVE; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                if (work.isRight()) {
                    worked.countDown();
                }
                await(end);
            }));
        }
        assertThat(worked.await(60, TimeUnit.SECONDS)).as("whether all threads worked").isTrue();
        long held = liveBytes() - before;
        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return held;
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                .map(MemoryPoolMXBean::getCollectionUsage).mapToLong(usage -> usage.getUsed()).sum();
    }
}
