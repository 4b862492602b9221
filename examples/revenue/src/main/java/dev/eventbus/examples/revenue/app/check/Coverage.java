/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.check;

import dev.eventbus.examples.revenue.event.CustomerEvent;
import dev.eventbus.examples.revenue.event.Deadline;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.examples.revenue.event.PaymentEvent;
import dev.eventbus.examples.revenue.event.RevenueEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Judges whether every type of event there is was published. Stateless. */
public final class Coverage {
    private static final List<Class<?>> FAMILIES = List.of(InvoiceEvent.class, RevenueEvent.class, CustomerEvent.class,
            PaymentEvent.class, Deadline.class);

    /**
     * Lists every type of every family.
     *
     * @return names, family by family
     */
    public static List<String> types() {
        return FAMILIES.stream().flatMap(Coverage::names).toList();
    }

    private static Stream<String> names(Class<?> family) {
        return Arrays.stream(family.getPermittedSubclasses()).map(Class::getSimpleName);
    }

    /**
     * Judges.
     *
     * @param byType how many events of each type were published
     * @param played whether a scenario was played; else not judged, since no input has to hold everything
     * @return passed if there is one of each type at least
     */
    public CheckResult judge(Map<String, Long> byType, boolean played) {
        List<String> types = types();
        if (!played) {
            return CheckResult.of("covered", "not judged without the scenario", List.of());
        }
        List<String> findings = types.stream().filter(type -> byType.getOrDefault(type, 0L) == 0)
                .map(type -> "no " + type + " was published").toList();
        return CheckResult.of("covered", (types.size() - findings.size()) + " of " + types.size()
                + " types of events published", findings);
    }
}
