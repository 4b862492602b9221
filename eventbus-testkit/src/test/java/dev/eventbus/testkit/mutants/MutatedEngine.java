/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.mutants;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Changed source files of the engine, compiled apart, and loaded before the shipped ones. The engine itself is not touched.
 */
final class MutatedEngine {
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    private final Path sources;
    private final Path classes;
    private final Map<String, String> files;

    MutatedEngine(Path folder, Map<String, String> files) {
        this.sources = folder.resolve("src");
        this.classes = folder.resolve("classes");
        this.files = files;
    }

    /** Writes and compiles the changed files; everything else is the shipped engine's. */
    MutatedEngine compile() throws IOException {
        deleteAll(sources.getParent()); // or classes of an earlier patch of that name would be loaded too
        Files.createDirectories(classes);
        if (!files.isEmpty()) {
            compile(write());
        }
        return this;
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) { // what is in a folder before it
                    Files.delete(path);
                }
            }
        }
    }

    private List<Path> write() throws IOException {
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = sources.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            written.add(Files.writeString(path, file.getValue()));
        }
        return written;
    }

    private void compile(List<Path> written) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("--release", "21", "-proc:none", "-nowarn", "-d", classes.toString(), "-cp",
                    CLASS_PATH);
            boolean done = compiler
                    .getTask(said, manager, null, options, null, manager.getJavaFileObjectsFromPaths(written)).call();
            if (!done) {
                throw new IllegalStateException("patch does not compile:\n" + said);
            }
        }
    }

    /** Returns a loader that shares nothing with this test but the JDK. */
    URLClassLoader load() {
        List<Path> path = new ArrayList<>(List.of(classes));
        Stream.of(CLASS_PATH.split(File.pathSeparator)).map(Path::of).forEach(path::add);
        return new URLClassLoader("mutant", path.stream().map(MutatedEngine::url).toArray(URL[]::new),
                ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
