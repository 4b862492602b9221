/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.publish.EventPublisher;

/** Holds the layers apart. */
@AnalyzeClasses(packages = ArchitectureTest.BASE, importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    static final String BASE = "dev.eventbus.examples.revenue";

    @ArchTest
    static final ArchRule invoice_never_reaches_revenue_analytics_or_the_app = noClasses()
            .that().resideInAPackage(BASE + ".invoice..")
            .should().dependOnClassesThat()
            .resideInAnyPackage(BASE + ".revenue..", BASE + ".analytics..", BASE + ".app..");

    @ArchTest
    static final ArchRule revenue_never_reaches_analytics_or_the_app = noClasses()
            .that().resideInAPackage(BASE + ".revenue..")
            .should().dependOnClassesThat().resideInAnyPackage(BASE + ".analytics..", BASE + ".app..");

    @ArchTest
    static final ArchRule analytics_never_reaches_the_app = noClasses()
            .that().resideInAPackage(BASE + ".analytics..")
            .should().dependOnClassesThat().resideInAPackage(BASE + ".app..");

    @ArchTest
    static final ArchRule only_the_app_knows_the_bus = noClasses()
            .that().resideOutsideOfPackage(BASE + ".app..")
            .should().dependOnClassesThat().belongToAnyOf(EventBus.class, EventBusBuilder.class);

    @ArchTest
    static final ArchRule nobody_keeps_a_bus_in_a_static_field = noFields()
            .that().haveRawType(DescribedPredicate.describe("a publisher",
                    type -> type.isAssignableTo(EventPublisher.class)))
            .should().beStatic();

    @ArchTest
    static final ArchRule packages_form_no_cycle = slices().matching(BASE + ".(**)").should().beFreeOfCycles();
}
