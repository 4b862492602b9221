/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.observe.Signal;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An exit waits for what is accepted, and a bus that was shut down before leaves nothing behind for it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class ExitHookTest {
    private static final int STATUS = 7;

    /** A program that exits while its handler waits for just that. */
    static final class Exiting {
        private Exiting() {
        }

        /** Takes the longest wait of its exit. */
        public static void main(String[] arguments) {
            Gate gate = new Gate();
            Duration deadline = Duration.parse(arguments[0]);
            EventBus bus = EventBus.builder("exiting").observe(signal -> {
                if (signal instanceof Signal.ShutdownBegun && !deadline.isZero()) {
                    gate.open();
                } else if (signal instanceof Signal.ShutdownEnded end) {
                    System.out.println("returned " + end.report().returned().size());
                }
            }).build().shutdownOnExit(deadline);
            bus.subscribe(Integer.class, "s", n -> {
                gate.pass();
                System.out.println("handled " + n);
                if (n == 3) {
                    bus.publish(4);
                }
            });
            for (int n = 1; n <= 3; n++) {
                bus.publish(n);
            }
            gate.awaitReached();
            System.exit(STATUS);
        }
    }

    @TempDir
    private Path folder;

    /** Runs the program to its end and returns what it has printed itself. */
    private List<String> exit(Duration deadline) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), Exiting.class.getName(), deadline.toString());
        Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the program never ended").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(STATUS);
        return Files.readAllLines(output).stream()
                .filter(line -> line.startsWith("handled ") || line.startsWith("returned ")).toList();
    }

    @Test
    @Rule("S-1")
    void an_exit_waits_until_what_was_accepted_is_handled_and_what_follows_from_it() throws Exception {
        assertThat(exit(Duration.ofSeconds(30))).containsExactly("handled 1", "handled 2", "handled 3", "handled 4",
                "returned 0");
    }

    @Test
    @Rule("S-1")
    void an_exit_that_does_not_wait_gives_back_what_is_left() throws Exception {
        assertThat(exit(Duration.ZERO)).containsExactly("returned 3");
    }

    @Test
    @Rule("M-1")
    void a_bus_that_was_shut_down_is_forgotten_by_the_machine() {
        WeakReference<EventBus> bus = openAndClose();

        for (int i = 0; i < 20 && !bus.refersTo(null); i++) {
            System.gc();
        }

        assertThat(bus.refersTo(null)).as("the bus is gone").isTrue();
    }

    private static WeakReference<EventBus> openAndClose() {
        EventBus bus = EventBus.create("b").shutdownOnExit(Duration.ofSeconds(30)).shutdownOnExit(Duration.ZERO);
        bus.subscribe(Integer.class, "s", n -> {});
        assertThat(bus.shutdown(Duration.ZERO).finished()).isTrue();
        return new WeakReference<>(bus);
    }
}
