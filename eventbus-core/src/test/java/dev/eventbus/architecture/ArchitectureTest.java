/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The arrows of docs/architecture.md. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.eventbus");

    /** The stages in the order of an event's way; each may know those named after it. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("publish", List.of("route", "dispatch", "deliver")),
            Map.entry("redrive", List.of("route", "dispatch", "deliver", "deadletter")),
            Map.entry("shutdown", List.of("route", "dispatch", "outcome")),
            Map.entry("route", List.of("deliver")),
            Map.entry("dispatch", List.of("lane", "outcome", "deliver", "retry")),
            Map.entry("lane", List.of("outcome", "deliver", "retry")),
            Map.entry("outcome", List.of("deliver", "deadletter")),
            Map.entry("deliver", List.of("retry")),
            Map.entry("retry", List.of()),
            Map.entry("deadletter", List.of()),
            Map.entry("idempotency", List.of()));

    private static final SliceAssignment EVERY_PACKAGE = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith("dev.eventbus")
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "every package";
        }
    };

    @Test
    void no_packages_depend_on_each_other_in_a_circle() {
        slices().assignedFrom(EVERY_PACKAGE).should().beFreeOfCycles().check(CORE);
    }

    @Test
    void each_stage_knows_only_those_after_it() {
        ARROWS.forEach((stage, known) -> arrows(stage, known).check(CORE));
    }

    private static ArchRule arrows(String stage, List<String> known) {
        return noClasses().that().resideInAPackage(internal(stage)).should().dependOnClassesThat(
                DescribedPredicate.describe("are stages not after " + stage, type -> ARROWS.keySet().stream()
                        .filter(other -> !other.equals(stage) && !known.contains(other))
                        .anyMatch(other -> type.getPackageName().equals(internal(other)))));
    }

    private static String internal(String stage) {
        return "dev.eventbus.internal." + stage;
    }

    @Test
    void an_arrow_back_is_found() {
        assertThatThrownBy(() -> arrows("outcome", List.of("deliver")).check(CORE)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("DeadLetterSink");
    }

    @Test
    void every_engine_package_but_the_shared_ones_is_a_stage_with_arrows() {
        List<String> packages = CORE.stream().map(JavaClass::getPackageName)
                .filter(p -> p.startsWith("dev.eventbus.internal."))
                .map(p -> p.substring("dev.eventbus.internal.".length())).distinct().sorted().toList();

        assertThat(packages).containsExactlyInAnyOrderElementsOf(java.util.stream.Stream
                .concat(ARROWS.keySet().stream(), java.util.stream.Stream.of("check", "event", "observe", "runtime"))
                .toList());
    }

    @Test
    void nothing_below_the_bus_knows_the_bus() {
        noClasses().that().resideOutsideOfPackage("dev.eventbus").should().dependOnClassesThat()
                .resideInAPackage("dev.eventbus").check(CORE);
    }

    @Test
    void no_exported_signature_mentions_the_engine() {
        noMethods().that().arePublic().and().areDeclaredInClassesThat().arePublic().and().areDeclaredInClassesThat()
                .resideOutsideOfPackage("dev.eventbus.internal..").should()
                .haveRawReturnType(ofTheEngine()).orShould().haveRawParameterTypes(DescribedPredicate
                        .describe("with one of the engine", types -> types.stream().anyMatch(ofTheEngine())))
                .check(CORE);
    }

    private static DescribedPredicate<JavaClass> ofTheEngine() {
        return DescribedPredicate.describe("of the engine",
                type -> type.getPackageName().startsWith("dev.eventbus.internal"));
    }

    @Test
    void time_comes_from_the_clocks_alone() {
        noClasses().that().doNotHaveSimpleName("SystemClocks").should()
                .accessTargetWhere(calls(System.class, "currentTimeMillis", "nanoTime")
                        .or(calls(java.time.Instant.class, "now")).or(calls(java.time.Clock.class, "systemUTC")))
                .check(CORE);
    }

    @Test
    void threads_start_wait_and_wake_in_the_runtime_alone() {
        noThreadsOfTheirOwn().check(CORE);
    }

    private static ArchRule noThreadsOfTheirOwn() {
        return noClasses().that().doNotHaveSimpleName("SystemRuntime").should()
                .accessTargetWhere(
                        calls(Thread.class, "start", "startVirtualThread", "sleep", "join", "yield", "onSpinWait",
                                "ofVirtual", "interrupt", "<init>")
                                .or(calls(Thread.Builder.class, "start", "factory"))
                                .or(calls(Thread.Builder.OfVirtual.class, "start", "factory"))
                                .or(calls(Thread.Builder.OfPlatform.class, "start", "factory"))
                                .or(calls(java.util.concurrent.Executors.class))
                                .or(calls(LockSupport.class, "park", "parkNanos", "parkUntil", "unpark"))
                                .or(calls(Object.class, "wait", "notify", "notifyAll"))
                                .or(calls(java.util.concurrent.CountDownLatch.class, "await"))
                                .or(calls(java.util.concurrent.locks.Condition.class, "await"))
                                .or(calls(java.util.concurrent.CompletableFuture.class, "get", "join")));
    }

    @Test
    void a_thread_that_is_started_elsewhere_is_found() {
        assertThatThrownBy(() -> noThreadsOfTheirOwn().check(new ClassFileImporter().importClasses(Planted.class)))
                .isInstanceOf(AssertionError.class).hasMessageContaining("Planted.constructed()")
                .hasMessageContaining("Planted.built()").hasMessageContaining("Planted.pooled()");
    }

    /** Starts threads. */
    @SuppressWarnings("unused") // only its class file is read
    private static final class Planted {
        static Thread constructed() {
            return new Thread(() -> {});
        }

        static Thread built() {
            return Thread.ofPlatform().start(() -> {});
        }

        static java.util.concurrent.Executor pooled() {
            return java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor();
        }
    }

    @Test
    void the_one_thread_that_is_not_of_the_runtime_is_the_hook_that_the_machine_starts_when_it_exits() {
        noClasses().that().doNotHaveSimpleName("SystemRuntime").and()
                .doNotHaveFullyQualifiedName("dev.eventbus.ExitHook")
                .should().accessTargetWhere(calls(Thread.class, "ofPlatform")).check(CORE);
    }

    @Test
    void randomness_comes_from_the_generator_that_was_given() {
        noClasses().that().doNotHaveSimpleName("EventBusBuilder").should()
                .accessTargetWhere(calls(java.util.UUID.class, "randomUUID").or(calls(Math.class, "random"))
                        .or(calls(java.util.concurrent.ThreadLocalRandom.class, "current")))
                .check(CORE);
    }

    private static DescribedPredicate<JavaAccess<?>> calls(Class<?> owner, String... methods) {
        return DescribedPredicate.describe("call " + owner.getSimpleName() + List.of(methods),
                access -> access.getTargetOwner().isEquivalentTo(owner)
                        && (methods.length == 0 || List.of(methods).contains(access.getName())));
    }

    @Test
    void nothing_is_synchronized_and_nothing_is_called_reflectively() {
        noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).check(CORE);
        noClasses().should().dependOnClassesThat().resideInAPackage("java.lang.reflect").check(CORE);
        noClasses().should().dependOnClassesThat().haveFullyQualifiedName("sun.misc.Unsafe").check(CORE);
    }

    @Test
    void static_fields_are_final() {
        fields().that().areStatic().should().beFinal().check(CORE);
    }

    @Test
    void classes_are_final_records_enums_or_interfaces_but_for_the_roots_of_exceptions() {
        classes().that().areNotInterfaces().and().areNotEnums().and().areNotAnonymousClasses().and()
                .haveSimpleNameNotEndingWith("Exception").and().haveSimpleNameNotContaining("package-info").should()
                .haveModifier(JavaModifier.FINAL).check(CORE);
    }

    @Test
    void core_depends_on_the_jdk_and_slf4j_alone() {
        classes().should().onlyDependOnClassesThat().resideInAnyPackage("dev.eventbus..", "java..", "org.slf4j..",
                "org.jspecify.annotations..").check(CORE);
    }
}
