/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassReader;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Handle;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * What no line of core may compile to: a monitor, which pins a virtual thread to its carrier, and work on threads that
 * the bus was not given.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BytecodeTest {
    private static final Path CLASSES = Path.of("target/classes");
    private static final String MONITOR = "a monitor";
    private static final String FOREIGN = "threads that nobody has given: ";
    private static final Set<String> FUTURES = Set.of("java/util/concurrent/CompletableFuture",
            "java/util/concurrent/CompletionStage");
    private static final Set<String> TIMED = Set.of("orTimeout", "completeOnTimeout"); // on the JDK's own timer thread

    @Test
    void core_has_no_monitor_and_uses_no_threads_that_it_was_not_given() throws IOException {
        List<String> findings = new ArrayList<>();
        int scanned = 0;
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                findings.addAll(findings(Files.readAllBytes(file)));
                scanned++;
            }
        }

        assertThat(findings).isEmpty();
        assertThat(scanned).as("classes of core that were found to be scanned").isGreaterThan(100);
    }

    @Test
    void planted_monitors_are_found() {
        assertThat(findings(Monitors.class)).containsExactlyInAnyOrder(
                "Monitors.instance: " + MONITOR,
                "Monitors.ofTheClass: " + MONITOR,
                "Monitors.block: " + MONITOR);
    }

    @Test
    void planted_uses_of_the_common_pool_are_found_and_those_with_an_executor_are_not() {
        assertThat(findings(Pools.class)).containsExactlyInAnyOrder(
                "Pools.common: " + FOREIGN + "commonPool",
                "Pools.async: " + FOREIGN + "supplyAsync",
                "Pools.async: " + FOREIGN + "thenApplyAsync",
                "Pools.reference: " + FOREIGN + "runAsync",
                "Pools.stage: " + FOREIGN + "thenRunAsync",
                "Pools.timed: " + FOREIGN + "orTimeout",
                "Pools.parallel: " + FOREIGN + "parallelStream",
                "Pools.parallel: " + FOREIGN + "parallel",
                "Pools.sorted: " + FOREIGN + "parallelSort");
    }

    private static List<String> findings(Class<?> type) {
        String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(file))) {
            return findings(in.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static List<String> findings(byte[] classFile) {
        List<String> findings = new ArrayList<>();
        new ClassReader(classFile).accept(new Scan(findings), ClassReader.SKIP_DEBUG);
        return findings;
    }

    private static boolean isForeign(String owner, String name, String descriptor) {
        boolean async = name.endsWith("Async") && !name.startsWith("default") || name.equals("delayedExecutor");
        return owner.equals("java/util/concurrent/ForkJoinPool") && name.equals("commonPool")
                || FUTURES.contains(owner)
                        && (TIMED.contains(name) || async && !descriptor.contains("Ljava/util/concurrent/Executor;)"))
                || name.equals("parallelStream")
                || owner.startsWith("java/util/stream/") && name.equals("parallel")
                || owner.equals("java/util/Arrays") && name.startsWith("parallel");
    }

    /** Takes down what a class must not do. */
    private static final class Scan extends ClassVisitor {
        private final List<String> findings;
        private String type = "";

        Scan(List<String> findings) {
            super(Opcodes.ASM9);
            this.findings = findings;
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            type = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('$')) + 1);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
                String[] exceptions) {
            String method = type + "." + name + ": ";
            if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
                findings.add(method + MONITOR);
            }
            return new Body(method, findings);
        }
    }

    /** Takes down what a method must not do. */
    private static final class Body extends MethodVisitor {
        private final String method;
        private final List<String> findings;

        Body(String method, List<String> findings) {
            super(Opcodes.ASM9);
            this.method = method;
            this.findings = findings;
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.MONITORENTER) {
                findings.add(method + MONITOR);
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
            called(owner, name, descriptor);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                if (argument instanceof Handle handle) { // a method reference
                    called(handle.getOwner(), handle.getName(), handle.getDesc());
                }
            }
        }

        private void called(String owner, String name, String descriptor) {
            if (isForeign(owner, name, descriptor)) {
                findings.add(method + FOREIGN + name);
            }
        }
    }

    /** Has them all, and one method that has none. */
    @SuppressWarnings("unused") // only its class file is read
    private static final class Monitors {
        private int count;

        synchronized void instance() {
            count++;
        }

        static synchronized int ofTheClass() {
            return 1;
        }

        void block(Object lock) {
            synchronized (lock) {
                count++;
            }
        }

        int none() {
            return count;
        }
    }

    /** Uses them all, and executors that it was given. */
    @SuppressWarnings("unused") // only its class file is read
    private static final class Pools {
        static Executor common() {
            return ForkJoinPool.commonPool();
        }

        static CompletableFuture<String> async(Supplier<String> task) {
            return CompletableFuture.supplyAsync(task).thenApplyAsync(String::trim);
        }

        static java.util.function.Function<Runnable, CompletableFuture<Void>> reference() {
            return CompletableFuture::runAsync;
        }

        static CompletionStage<Void> stage(CompletionStage<String> stage) {
            return stage.thenRunAsync(() -> {});
        }

        static CompletableFuture<String> timed(CompletableFuture<String> future) {
            return future.orTimeout(1, TimeUnit.SECONDS);
        }

        static long parallel(List<String> list) {
            return list.parallelStream().count() + list.stream().parallel().count();
        }

        static void sorted(int[] numbers) {
            java.util.Arrays.parallelSort(numbers);
        }

        static CompletableFuture<String> given(Supplier<String> task, Executor executor) {
            return CompletableFuture.supplyAsync(task, executor).thenApplyAsync(String::trim, executor)
                    .thenApply(s -> s);
        }
    }
}
