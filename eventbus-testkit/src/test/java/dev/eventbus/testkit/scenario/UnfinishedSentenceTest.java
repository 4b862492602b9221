/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.eventbus.testkit.CheckReturnValue;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Reads the class files: the annotation is not kept at run time. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UnfinishedSentenceTest {
    @Test
    void whatever_says_nothing_by_itself_must_be_used_and_what_says_something_need_not() {
        List<String> ends = steps().filter(step -> !step.isAnnotatedWith(CheckReturnValue.class))
                .map(UnfinishedSentenceTest::name).sorted().toList();

        assertThat(ends).containsExactly("ActedScenario.then", "CheckedScenario.andWithin", "HandlerResult.failsWith",
                "HandlerResult.publishes", "HandlerResult.publishesNothing", "HandlerResult.succeeds");
    }

    @Test
    void the_steps_that_must_be_used_are_these() {
        List<String> steps = steps().filter(step -> step.isAnnotatedWith(CheckReturnValue.class))
                .map(UnfinishedSentenceTest::name).distinct().sorted().toList();

        assertThat(steps).containsExactly("Action.call", "Action.publish", "Expectation.deadLettered",
                "Expectation.never", "Expectation.nothing", "Expectation.published", "Expectation.rejected",
                "HandlerTester.of", "HandlerTester.ofEvent", "HandlerTester.receives", "PublishedExpectation.causedBy",
                "PublishedExpectation.handledBy", "PublishedExpectation.times", "PublishedExpectation.with",
                "Scenario.given", "Scenario.of", "Scenario.when");
    }

    private static Stream<JavaMethod> steps() {
        return scenarioPackage().stream().filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getMethods).flatMap(Set::stream).filter(UnfinishedSentenceTest::isStep);
    }

    private static JavaClasses scenarioPackage() {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false); // all that is asked stands in these files
            return new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(Scenario.class.getPackageName());
        });
    }

    private static boolean isStep(JavaMethod method) {
        return method.getModifiers().contains(JavaModifier.PUBLIC)
                && !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !method.getName().equals("toString")
                && !method.getRawReturnType().isEquivalentTo(void.class);
    }

    private static String name(JavaMethod method) {
        return method.getOwner().getSimpleName() + "." + method.getName();
    }
}
