/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.mutants;

import dev.eventbus.testkit.SimulatedMain;
import dev.eventbus.testkit.Simulation;
import dev.eventbus.testkit.simulation.Scenarios;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs one seed of a scenario by its name, for callers in another class loader. Thread-safe. */
public final class SeedRun implements BiFunction<String, Long, @Nullable String> {
    private static final String FIRST = "ExactScenario"; // the quick one
    private static final int LONGEST = 200;
    private static final long MOST_STEPS = 1_000_000;

    private final Map<String, Supplier<SimulatedMain>> scenarios = new TreeMap<>(Scenarios.all());

    /** For a call by reflection. */
    public SeedRun() {
        scenarios.put(FIRST, ExactScenario::new);
    }

    /** Names all scenarios, in the order in which they are to be asked. */
    List<String> names() {
        List<String> names = new ArrayList<>(scenarios.keySet());
        names.remove(FIRST);
        names.addFirst(FIRST);
        return names;
    }

    /** Returns the complaint of one seed, or null. */
    @Override
    public @Nullable String apply(String scenario, Long seed) {
        try {
            Simulation.seed(seed).maxSteps(MOST_STEPS).realTimeout(Duration.ofSeconds(20))
                    .run(scenarios.get(scenario).get());
            return null;
        } catch (RuntimeException | Error complaint) {
            String text = String.valueOf(complaint.getMessage()).replaceAll("\\s+", " ");
            return text.substring(0, Math.min(LONGEST, text.length()));
        }
    }
}
