/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks;

import dev.eventbus.benchmarks.contender.Bus;
import dev.eventbus.benchmarks.contender.DeliveryMode;
import dev.eventbus.benchmarks.load.Batches;
import dev.eventbus.benchmarks.load.Load;
import java.util.concurrent.TimeUnit;

/**
 * Our time for batches of events, to a peer's time for the same, round by round.
 *
 * <p>Events are published first and handled then (see {@link Load#inTurns}), which leaves out how the two get along on two cores,
 * but measures the same in every run. A round is 20 batches of each bus, ours first and the peer's first in turns: what slows the
 * machine for longer slows both, and the median forgets what is shorter. Immutable.
 *
 * @param name what the report calls it
 * @param mode how ours calls handlers
 * @param peer compared to
 * @param peerMode how the peer calls them
 * @param events in a batch; it and what is planted must fit into a buffer
 * @param bound ratio that is not to be exceeded
 */
record GuardCase(String name, DeliveryMode mode, Bus peer, DeliveryMode peerMode, int events, double bound) {
    private static final int ROUNDS = 101;
    private static final int BATCHES = 20;
    private static final long WARMUP_NANOS = TimeUnit.SECONDS.toNanos(3);

    /**
     * Measures with new buses.
     *
     * @param plant by how many percent ours does more than it should: what a slower bus would look like
     */
    Ratios measure(int plant) throws InterruptedException {
        int ours = events + events * plant / 100;
        try (Batches own = open(Bus.EVENTBUS, mode, ours); Batches other = open(peer, peerMode, events)) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < WARMUP_NANOS) {
                round(own, ours, other, false);
                round(own, ours, other, true);
            }
            double[] ratios = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                ratios[i] = round(own, ours, other, i % 2 == 0);
            }
            return new Ratios(ratios);
        }
    }

    private static Batches open(Bus bus, DeliveryMode mode, int mostEvents) {
        return new Batches(bus, new Load(mode, 1, 1, mostEvents, mode != DeliveryMode.CALLER));
    }

    private double round(Batches own, int ours, Batches other, boolean ownFirst) throws InterruptedException {
        if (ownFirst) {
            double time = time(own, ours);
            return time / time(other, events);
        }
        double time = time(other, events);
        return time(own, ours) / time;
    }

    private static double time(Batches batches, int events) throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < BATCHES; i++) {
            batches.run(events);
        }
        return System.nanoTime() - start;
    }
}
