/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Holds docs/contract.md and the tests together: every promise has its proof, every proof its promise. The J rules are
 * proven, and held together with their tests, in eventbus-jackson.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RulesTest {
    private static final Pattern HEADING = Pattern.compile("(?m)^\\*\\*((?!J-)[A-Z]-\\d+)\\*\\*");

    @Test
    void every_rule_has_a_test_and_every_test_a_rule() throws IOException {
        assertThat(differences(rulesOf(Files.readString(Path.of("../docs/contract.md"))), provenRules())).isEmpty();
    }

    @Test
    void a_rule_without_test_and_a_test_without_rule_are_found() {
        Set<String> rules = rulesOf("**P-1** one\n\ntext **P-9** inside\n**P-2** two\n**J-1** elsewhere\n");

        assertThat(differences(rules, Set.of("P-1", "Q-1"))).containsExactlyInAnyOrderEntriesOf(
                Map.of("P-2", "a rule of docs/contract.md that no test proves", "Q-1", "a test proves it, but "
                        + "docs/contract.md has no such rule"));
    }

    private static Map<String, String> differences(Set<String> rules, Set<String> proven) {
        Map<String, String> differences = new TreeMap<>();
        rules.stream().filter(rule -> !proven.contains(rule))
                .forEach(rule -> differences.put(rule, "a rule of docs/contract.md that no test proves"));
        proven.stream().filter(rule -> !rules.contains(rule))
                .forEach(rule -> differences.put(rule, "a test proves it, but docs/contract.md has no such rule"));
        return differences;
    }

    private static Set<String> rulesOf(String contract) {
        return HEADING.matcher(contract).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    private static boolean runs(JavaMethod method) {
        return (method.isAnnotatedWith(Test.class) || method.isAnnotatedWith(ParameterizedTest.class))
                && !method.isAnnotatedWith(Disabled.class) && !method.getOwner().isAnnotatedWith(Disabled.class);
    }

    private static Set<String> provenRules() {
        Set<String> proven = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter().withImportOption(new ImportOption.OnlyIncludeTests())
                .importPackages("dev.eventbus")) {
            for (JavaMethod method : type.getMethods()) {
                if (runs(method)) {
                    method.tryGetAnnotationOfType(Rule.class).ifPresent(rule -> proven.addAll(Set.of(rule.value())));
                }
            }
        }
        return proven;
    }
}
