/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.mutants;

import java.net.URLClassLoader;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Runs seeds against one engine until a scenario complains. Used once. */
final class Hunt {
    private static final int AT_ONCE = 8; // a few more than processors: seeds take different times
    private static final String RUNNER = "dev.eventbus.testkit.mutants.SeedRun";

    /**
     * A complaint.
     *
     * @param mutant the engine's name
     * @param seed the first seed with one
     * @param scenario who complains
     * @param complaint its first line
     */
    record Finding(String mutant, long seed, String scenario, String complaint) {}

    private final Mutant mutant;
    private final List<String> scenarios;

    Hunt(Mutant mutant, List<String> scenarios) {
        this.mutant = mutant;
        this.scenarios = scenarios;
    }

    /** Finds the first of so many seeds that shows the mutant. */
    Optional<Finding> run(long seeds) throws Exception {
        try (URLClassLoader loader = mutant.engine().compile().load()) {
            BiFunction<String, Long, String> runner = runner(loader);
            Optional<Finding> found = Optional.empty();
            for (long first = 0; first < seeds && found.isEmpty(); first += AT_ONCE) {
                found = first(runner, first, Math.min(seeds, first + AT_ONCE));
            }
            return found;
        }
    }

    private Optional<Finding> first(BiFunction<String, Long, String> runner, long from, long to) {
        List<Finding> found = LongStream.range(from, to).boxed().parallel().flatMap(seed -> findings(runner, seed))
                .toList();
        return found.stream().findFirst(); // in the order of the seeds
    }

    private Stream<Finding> findings(BiFunction<String, Long, String> runner, long seed) {
        return scenarios.stream().flatMap(scenario -> {
            String complaint = runner.apply(scenario, seed);
            return complaint == null
                    ? Stream.empty()
                    : Stream.of(new Finding(mutant.name(), seed, scenario, complaint));
        });
    }

    // All that both loaders know is a class of the JDK.
    @SuppressWarnings("unchecked")
    private static BiFunction<String, Long, String> runner(ClassLoader loader) throws ReflectiveOperationException {
        return (BiFunction<String, Long, String>) loader.loadClass(RUNNER).getConstructor().newInstance();
    }
}
