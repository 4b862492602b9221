/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs programs of 64 MiB, in which the live set can be measured. Stateless. */
final class SmallHeap {
    private SmallHeap() {
    }

    /** Runs one with a number as its argument; fails unless it ends in time and with 0. */
    static void run(Class<?> program, long argument, long minutes) throws Exception {
        Process java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                "-XX:+UseSerialGC", "--add-opens=java.base/java.lang=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), program.getName(), Long.toString(argument))
                .redirectErrorStream(true).start();
        try (BufferedReader output = java.inputReader()) {
            output.lines().filter(line -> !line.startsWith("SLF4J")).forEach(System.out::println);
            assertThat(java.waitFor(minutes, TimeUnit.MINUTES)).as("ends within " + minutes + " min").isTrue();
        } finally {
            java.destroyForcibly();
        }
        assertThat(java.exitValue()).as("exit code: 0 if the live set is flat").isZero();
    }
}
