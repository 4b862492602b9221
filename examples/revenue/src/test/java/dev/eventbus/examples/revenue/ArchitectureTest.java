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
import java.util.List;
import java.util.stream.Stream;

/** Holds the layers apart. */
@AnalyzeClasses(packages = ArchitectureTest.BASE, importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    static final String BASE = "dev.eventbus.examples.revenue";

    private static final List<String> LAYERS = List.of("customer", "payment", "invoice", "revenue", "notification",
            "analytics", "app");

    @ArchTest
    static final ArchRule customer_reaches_no_other_layer = alone("customer");

    @ArchTest
    static final ArchRule payment_reaches_no_other_layer = alone("payment");

    @ArchTest
    static final ArchRule invoice_reaches_no_other_layer = alone("invoice");

    @ArchTest
    static final ArchRule revenue_reaches_no_other_layer = alone("revenue");

    @ArchTest
    static final ArchRule notification_reaches_no_other_layer = alone("notification");

    @ArchTest
    static final ArchRule analytics_reaches_no_other_layer = alone("analytics");

    @ArchTest
    static final ArchRule notification_and_analytics_know_nothing_but_events = noClasses()
            .that().resideInAnyPackage(BASE + ".notification..", BASE + ".analytics..")
            .should().dependOnClassesThat().resideInAnyPackage(BASE + ".operation..", BASE + ".tax..");

    @ArchTest
    static final ArchRule what_all_share_knows_no_layer = noClasses()
            .that().resideInAnyPackage(BASE + ".event..", BASE + ".operation..", BASE + ".tax..")
            .should().dependOnClassesThat().resideInAnyPackage(packages(LAYERS.stream()));

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

    private static ArchRule alone(String layer) {
        return noClasses().that().resideInAPackage(BASE + "." + layer + "..").should().dependOnClassesThat()
                .resideInAnyPackage(packages(LAYERS.stream().filter(other -> !other.equals(layer))));
    }

    private static String[] packages(Stream<String> layers) {
        return layers.map(layer -> BASE + "." + layer + "..").toArray(String[]::new);
    }
}
