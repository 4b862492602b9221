/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A bug that is planted into the shipped engine, to see whether it is found. Immutable.
 *
 * @param name its number and name
 * @param patch what plants it; of no file for the engine as it is
 */
record Mutant(String name, Patch patch) {
    private static final Path PATCHES = Path.of("src", "mutants");
    private static final Path SOURCES = Path.of("..", "eventbus-core", "src", "main", "java");

    /** Returns the engine as it is: in it nothing may be found. */
    static Mutant none() {
        return new Mutant("none", Patch.parse("no mutant"));
    }

    /** Reads all, by their numbers. */
    static List<Mutant> all() {
        try (Stream<Path> patches = Files.list(PATCHES)) {
            return patches.filter(path -> path.toString().endsWith(".patch")).sorted().map(Mutant::read).toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Mutant read(Path path) {
        String file = path.getFileName().toString();
        return new Mutant(file.substring(0, file.length() - ".patch".length()), Patch.parse(text(path)));
    }

    /** Applies the patch; returns a compiler that has not been run. */
    MutatedEngine engine() {
        return new MutatedEngine(Path.of("target", "mutants", name), patch.apply(path -> text(SOURCES.resolve(path))));
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
