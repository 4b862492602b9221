/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.golden;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.spi.EventCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds what a codec writes to files that are kept beside the tests, one for each type and version.
 *
 * {@snippet class="dev.eventbus.testkit.golden.GoldenEventsTest" region="golden"}
 *
 * <p>A record whose form has changed breaks the test, not the reading of events that were kept. Files of versions that are
 * no longer written must still be readable, whatever upcasters make of them. Failures show the values that differ: samples are
 * invented, so put nothing real into them, and give them fixed ids and times.
 *
 * <p>A missing file fails the check. With the system property {@code golden.write} set it is written first, and the check fails
 * all the same, so that no build is green which has just made up what it is held to. A file that is there is never overwritten:
 * delete it to have it written anew. Immutable.
 *
 * @since 0.1
 */
public final class GoldenEvents {
    private static final String WRITE = "golden.write";
    private static final String SUFFIX = ".json";

    private final Path folder;
    private final boolean writing;

    GoldenEvents(Path folder, boolean writing) {
        this.folder = folder;
        this.writing = writing;
    }

    /**
     * Names the folder of the files.
     *
     * @param folder for instance {@code src/test/resources/golden}; made when the first file is written
     * @return to check codecs with
     */
    public static GoldenEvents in(Path folder) {
        return new GoldenEvents(folder,
                System.getProperty(WRITE) != null && !"false".equals(System.getProperty(WRITE)));
    }

    /**
     * Checks that a codec still writes each sample as its file says, and still reads every file of the folder.
     *
     * <p>Files are named after type and version as the codec writes them, such as {@code invoice.created.v3.json}. White space
     * between the values of JSON does not count. Other files than {@code .json} are left alone.
     *
     * @param codec writes and reads one text in UTF-8 for each event
     * @param samples one event of each type that the codec writes
     * @return what files without a sample (of older versions) have become, by their names: for further assertions
     * @throws AssertionError with a line for each file that is missing, differs or cannot be read, and one for each difference
     * @throws IllegalArgumentException if there is no sample, or two of one type and version
     * @throws UncheckedIOException if files cannot be read or written
     */
    public Map<String, List<EventEnvelope<?>>> check(EventCodec codec,
            Collection<? extends EventEnvelope<?>> samples) {
        Map<String, byte[]> written = written(codec, samples);
        GoldenCheck check = new GoldenCheck(codec, written.keySet());
        try {
            Map<String, byte[]> kept = kept();
            written.forEach((file, data) -> check.present(file, kept.get(file), data));
            kept.forEach((file, data) -> {
                if (!written.containsKey(file)) {
                    check.older(file, data);
                }
            });
            if (writing) {
                write(check, written);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("golden files in " + folder + " cannot be read or written", failed);
        }
        return check.end(folder);
    }

    private static Map<String, byte[]> written(EventCodec codec, Collection<? extends EventEnvelope<?>> samples) {
        Map<String, byte[]> written = new TreeMap<>();
        for (EventEnvelope<?> sample : samples) {
            byte[] data = codec.encode(sample);
            String file = file(codec.decode(data).metadata());
            if (written.put(file, data) != null) {
                throw new IllegalArgumentException("samples must hold one event of each type and version, had two for "
                        + file);
            }
        }
        if (written.isEmpty()) {
            throw new IllegalArgumentException("samples must not be empty; pass one event of each type");
        }
        return written;
    }

    /** Names of types may hold what names of files may not. */
    static String file(Metadata event) {
        String name = event.type().codePoints()
                .mapToObj(c -> c < 128 && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0)
                        ? Character.toString(c)
                        : "%" + HexFormat.of().toHexDigits(c, 6))
                .collect(Collectors.joining());
        return name + ".v" + event.version() + SUFFIX;
    }

    private Map<String, byte[]> kept() throws IOException {
        Map<String, byte[]> kept = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(one -> one.toString().endsWith(SUFFIX)).toList()) {
                    kept.put(String.valueOf(file.getFileName()), stripped(Files.readAllBytes(file)));
                }
            }
        }
        return kept;
    }

    /** Editors and tools that keep sources put a line break at the end. */
    private static byte[] stripped(byte[] data) {
        return new String(data, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
    }

    private void write(GoldenCheck check, Map<String, byte[]> written) throws IOException {
        Path unused = Files.createDirectories(folder);
        for (String file : check.missing()) {
            Path same = Files.writeString(folder.resolve(file),
                    new String(written.getOrDefault(file, new byte[0]), StandardCharsets.UTF_8) + "\n");
            check.written(String.valueOf(same.getFileName()));
        }
    }
}
