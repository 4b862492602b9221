/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.benchmarks;

import dev.eventbus.benchmarks.contender.Bus;
import dev.eventbus.benchmarks.contender.Contender;
import dev.eventbus.benchmarks.contender.DeliveryMode;
import dev.eventbus.benchmarks.contender.Setting;
import dev.eventbus.benchmarks.load.PacedRun;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * How long does an event take to its handler when the bus has little to do?
 *
 * <p>One platform thread publishes 10,000 events a second to one subscription, each at a time that was fixed in advance; latency
 * is from that time to the beginning of the handler (see {@link PacedRun}). Each bus has a JVM of its own. {@code NONE} is what
 * the machine itself does to a publisher, and {@code late p99} how late events were published: a tail that they have too is not
 * the bus's.
 *
 * {@snippet lang="shell" :
 * mvn -q -Pbench -Dlatency                                                              # about 2 minutes; prints the table
 * mvn -q -Pbench -Dlatency '-Dlatency.args=-Dlatency.seconds=30 -Dlatency.modes=SERIAL'
 * }
 *
 * <p>Properties: {@code latency.rate} (10000 events a second), {@code latency.warmup} (3 s), {@code latency.seconds} (5),
 * {@code latency.modes} (CALLER,SERIAL,KEYED).
 */
public final class LatencyBenchmark {
    private static final int RATE = Integer.getInteger("latency.rate", 10_000);
    private static final int WARMUP = RATE * Integer.getInteger("latency.warmup", 3);
    private static final int MEASURED = RATE * Integer.getInteger("latency.seconds", 5);

    private LatencyBenchmark() {
    }

    /**
     * Prints the table, or one line of it.
     *
     * @param args nothing, or mode and bus of one line
     * @throws IOException if a JVM cannot be started
     * @throws InterruptedException if the thread was interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 2) {
            measure(DeliveryMode.valueOf(args[0]), Bus.valueOf(args[1]));
            System.exit(0); // whatever threads a bus leaves behind
        }
        System.out.printf("%d events/s for %d s; us from the intended publish to the handler%n%n", RATE,
                MEASURED / RATE);
        System.out.println("| mode | bus | p50 | p90 | p99 | p99.9 | max | late p99 |");
        System.out.println("|---|---|---:|---:|---:|---:|---:|---:|");
        for (String name : System.getProperty("latency.modes", "CALLER,SERIAL,KEYED").split(",")) {
            DeliveryMode mode = DeliveryMode.valueOf(name);
            for (Bus bus : Bus.in(mode)) {
                fork(mode, bus);
            }
        }
    }

    private static void fork(DeliveryMode mode, Bus bus) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LatencyBenchmark.class.getName(),
                mode.name(), bus.name()));
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            System.out.printf("| %s | %s | failed |%n", mode, bus);
        }
    }

    private static void measure(DeliveryMode mode, Bus bus) {
        PacedRun run = new PacedRun(WARMUP + MEASURED, RATE);
        try (Contender contender = bus.open(new Setting(mode, 1, List.of(run.handler())))) {
            run.run(contender);
        }
        Histogram latencies = run.latencies(WARMUP);
        System.out.printf(Locale.ROOT, "| %s | %s | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f |%n", mode, bus,
                micros(latencies, 50), micros(latencies, 90), micros(latencies, 99), micros(latencies, 99.9),
                micros(latencies, 100), micros(run.lateness(WARMUP), 99));
    }

    private static double micros(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1_000.0;
    }
}
