/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ArchitectureTest {
    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.eventbus.jackson");

    private static final Set<String> FORBIDDEN = Set.of("activateDefaultTyping", "activateDefaultTypingAsProperty",
            "setDefaultTyping", "polymorphicTypeValidator", "forName", "loadClass", "findClass",
            "findAndRegisterModules",
            "findAndAddModules", "threadLocalPool");

    @Test
    void neither_default_typing_nor_classes_by_name_nor_buffers_of_threads() {
        assertThat(MODULE).hasSizeGreaterThan(15);
        noNamesOfClasses().check(MODULE);
        noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class).check(MODULE);
    }

    private static ArchRule noNamesOfClasses() {
        return noClasses().should().accessTargetWhere(DescribedPredicate.describe("call one of " + FORBIDDEN,
                (JavaAccess<?> access) -> FORBIDDEN.contains(access.getName())));
    }

    @Test
    void default_typing_is_found() {
        assertThatThrownBy(() -> noNamesOfClasses().check(new ClassFileImporter().importClasses(Planted.class)))
                .isInstanceOf(AssertionError.class).hasMessageContaining("activateDefaultTyping")
                .hasMessageContaining("forName");
    }

    /** Lets the input choose. */
    @SuppressWarnings("unused") // only its class file is read
    private static final class Planted {
        static Object typed() {
            return JsonMapper.builder().activateDefaultTyping(
                    tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator.builder().build());
        }

        static Class<?> named(String name) throws ClassNotFoundException {
            return Class.forName(name);
        }
    }

    @Test
    void the_module_depends_on_core_jackson_and_the_jdk_alone_and_not_on_the_engine() {
        classes().should().onlyDependOnClassesThat().resideInAnyPackage("dev.eventbus..", "java..", "tools.jackson..",
                "com.fasterxml.jackson.annotation..", "org.jspecify.annotations..").check(MODULE);
        noClasses().should().dependOnClassesThat().resideInAPackage("dev.eventbus.internal..").check(MODULE);
    }

    @Test
    void nothing_is_synchronized_and_static_fields_are_final() {
        noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).check(MODULE);
        fields().that().areStatic().should().beFinal().check(MODULE);
    }
}
