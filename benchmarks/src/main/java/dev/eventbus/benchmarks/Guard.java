/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks;

import dev.eventbus.benchmarks.contender.Bus;
import dev.eventbus.benchmarks.contender.DeliveryMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Did the bus become slower, compared to a peer in the same run? Ends with exit code 1 if a bound is broken twice.
 *
 * {@snippet lang="shell" :
 * mvn -q -Pbench -Dguard                       # less than a minute
 * mvn -q -Pbench -Dguard -Dguard.plant=30      # must fail: our side gets 30 % more to do
 * mvn -q -Pbench -Dguard -Dguard.calibrate=true # about 2 minutes; prints bounds for this machine
 * }
 *
 * <p>The peers are those whose time varies least, a yardstick of the machine: MBassador with its one dispatching thread is it for
 * events by key too. A bound lies half-way between the usual ratio and one that is 30 % higher.
 */
public final class Guard {
    private static final List<GuardCase> CASES = List.of(
            new GuardCase("synchronous", DeliveryMode.CALLER, Bus.GREENROBOT, DeliveryMode.CALLER, 10_000, 1.30),
            new GuardCase("serial", DeliveryMode.SERIAL, Bus.MBASSADOR, DeliveryMode.SERIAL, 6_000, 1.48),
            new GuardCase("keyed", DeliveryMode.KEYED_ALONE, Bus.MBASSADOR, DeliveryMode.SERIAL, 6_000, 2.40));
    private static final int REPETITIONS = 5;
    private static final double CAUGHT = 1.3;

    private Guard() {
    }

    /**
     * Measures all cases.
     *
     * @param args none
     * @throws InterruptedException if the thread was interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        int plant = Integer.getInteger("guard.plant", 0);
        boolean kept = true;
        System.out.println("| case | peer | ours/peer, median | quartiles | bound | |");
        System.out.println("|---|---|---:|---:|---:|---|");
        for (GuardCase guarded : CASES) {
            if (Boolean.getBoolean("guard.calibrate")) {
                calibrate(guarded, plant);
            } else {
                kept &= check(guarded, plant);
            }
        }
        System.exit(kept ? 0 : 1); // whatever threads a bus leaves behind
    }

    private static boolean check(GuardCase guarded, int plant) throws InterruptedException {
        return keeps(guarded, plant) || keeps(guarded, plant); // what is slower is so twice, what disturbed was there once
    }

    private static boolean keeps(GuardCase guarded, int plant) throws InterruptedException {
        Ratios ratios = guarded.measure(plant);
        boolean kept = ratios.median() <= guarded.bound();
        print(guarded, ratios, kept ? "kept" : "BROKEN");
        return kept;
    }

    private static void calibrate(GuardCase guarded, int plant) throws InterruptedException {
        double[] medians = new double[REPETITIONS];
        for (int i = 0; i < REPETITIONS; i++) {
            Ratios ratios = guarded.measure(plant);
            print(guarded, ratios, "");
            medians[i] = ratios.median();
        }
        double bound = new Ratios(medians).median() * Math.sqrt(CAUGHT);
        System.out.printf(Locale.ROOT,
                "%s: suggested bound %.2f; highest median %.3f (below it: keep), lowest and 30 %% %.3f (above it: catch)%n",
                guarded.name(), bound, DoubleStream.of(medians).max().orElseThrow(),
                DoubleStream.of(medians).min().orElseThrow() * CAUGHT);
    }

    private static void print(GuardCase guarded, Ratios ratios, String verdict) {
        System.out.printf(Locale.ROOT, "| %s | %s | %.3f | %.3f to %.3f | %.2f | %s |%n", guarded.name(),
                guarded.peer(), ratios.median(), ratios.at(0.25), ratios.at(0.75), guarded.bound(), verdict);
    }
}
