/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.junit;

import dev.eventbus.testkit.TestEventBus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs a test for seed after seed, until one fails. Stateless. */
final class SeedExplorer implements TestTemplateInvocationContextProvider {
    SeedExplorer() {
    }

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), ExploreSeeds.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        ExploreSeeds explore = AnnotationSupport.findAnnotation(context.getTestMethod(), ExploreSeeds.class)
                .orElseThrow();
        if (explore.value() < 1) {
            throw new IllegalArgumentException("@ExploreSeeds of " + context.getRequiredTestMethod().getName()
                    + " must try at least 1 seed, was " + explore.value());
        }
        Exploration exploration = new Exploration(context.getDisplayName());
        return LongStream.range(explore.from(), explore.from() + explore.value())
                .takeWhile(seed -> !exploration.failed()).<TestTemplateInvocationContext>mapToObj(exploration::of)
                .onClose(exploration::print);
    }

    /** All runs of one test. For one thread at a time, as JUnit runs them. */
    private static final class Exploration {
        private final String name;
        private final Set<Long> interleavings = new HashSet<>();
        private int seeds;
        private boolean failed;

        Exploration(String name) {
            this.name = name;
        }

        boolean failed() {
            return failed;
        }

        TestTemplateInvocationContext of(long seed) {
            return new TestTemplateInvocationContext() {
                @Override
                public String getDisplayName(int invocation) {
                    return name + ", seed " + seed;
                }

                @Override
                public List<Extension> getAdditionalExtensions() {
                    return List.of((BeforeEachCallback) context -> BusOfTest.seed(context, seed),
                            (AfterTestExecutionCallback) Exploration.this::ran, watcher());
                }
            };
        }

        // Told at the very end: also of what the bus or an @AfterEach method finds after the test.
        private TestWatcher watcher() {
            return new TestWatcher() {
                @Override
                public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
                    failed = true;
                }
            };
        }

        private void ran(ExtensionContext context) {
            seeds++;
            BusOfTest.there(context).map(TestEventBus::interleaving).ifPresent(interleavings::add);
        }

        void print() {
            System.out.println(name + ": " + seeds + " seeds, " + interleavings.size() + " interleavings"
                    + (failed ? ", the last one failed" : ""));
        }
    }
}
