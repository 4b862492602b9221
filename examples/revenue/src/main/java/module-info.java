/*
 * SPDX-License-Identifier: Apache-2.0
 */
import org.jspecify.annotations.NullMarked;

/** The invoice to revenue system: layers that know each other by events alone, and the program that runs them. */
@NullMarked
module dev.eventbus.examples.revenue {
    requires HdrHistogram;
    requires de.siegmar.fastcsv;
    requires dev.eventbus.core;
    requires dev.eventbus.jackson;
    requires info.picocli;
    requires static org.jspecify;
    requires tools.jackson.databind;

    // Records that are written and read as JSON.
    opens dev.eventbus.examples.revenue.app.eventfile to
            tools.jackson.databind;
    opens dev.eventbus.examples.revenue.app.scenario to
            tools.jackson.databind;
    opens dev.eventbus.examples.revenue.event to
            tools.jackson.databind;
}
