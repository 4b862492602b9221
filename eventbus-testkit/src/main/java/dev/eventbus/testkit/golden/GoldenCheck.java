/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.golden;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.spi.EventCodec;
import dev.eventbus.spi.EventDecodeException;
import dev.eventbus.spi.EventEncodeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One check of a folder: collects what is wrong with each file, to tell all of it at once. Not thread-safe. */
final class GoldenCheck {
    private static final String INDENT = System.lineSeparator() + "  ";

    private final EventCodec codec;
    private final Set<String> samples;
    private final Map<String, String> findings = new TreeMap<>();
    private final List<String> missing = new ArrayList<>();
    private final Map<String, List<EventEnvelope<?>>> older = new TreeMap<>();

    GoldenCheck(EventCodec codec, Set<String> samples) {
        this.codec = codec;
        this.samples = samples;
    }

    /** A file whose type and version the codec writes. */
    void present(String file, byte @Nullable [] kept, byte[] written) {
        if (kept == null) {
            missing.add(file);
            findings.put(file,
                    "is missing; run the test once with -Dgolden.write=true, look at the file and commit it");
            return;
        }
        List<String> differences = Differences.between(text(kept), text(written));
        if (!differences.isEmpty()) {
            findings.put(file,
                    "is not what is written now; give the type its next version and a step from this one, or "
                            + "delete the file to have it written anew if no such event is kept anywhere:" + INDENT
                            + String.join(INDENT, differences));
            return;
        }
        readAgain(file, kept, written);
    }

    private void readAgain(String file, byte[] kept, byte[] written) {
        List<String> lost = Differences.between(text(written), text(codec.encode(codec.decode(kept))));
        if (!lost.isEmpty()) {
            findings.put(file, "is written, but read as another event:" + INDENT + String.join(INDENT, lost));
        }
    }

    /** A file whose type or version the codec does not write any more. */
    void older(String file, byte[] kept) {
        try {
            List<EventEnvelope<?>> events = codec.decodeAll(kept);
            for (EventEnvelope<?> event : events) {
                byte[] unused = codec.encode(event);
                String present = GoldenEvents.file(event.metadata());
                if (!samples.contains(present)) {
                    findings.put(file, "became an event for " + present + ", of which there is no sample; add one");
                }
            }
            older.put(file, List.copyOf(events));
        } catch (EventDecodeException unreadable) {
            findings.put(file, "cannot be read any more: " + unreadable.path() + " " + unreadable.text()
                    + "; add the steps that lead from it to a present version, or one that drops it");
        } catch (EventEncodeException unwritable) {
            findings.put(file, "became an event that cannot be written: " + unwritable.getMessage());
        }
    }

    private static String text(byte[] data) {
        return new String(data, StandardCharsets.UTF_8);
    }

    List<String> missing() {
        return List.copyOf(missing);
    }

    void written(String file) {
        findings.put(file, "was missing and has been written; look at it, commit it and run without -Dgolden.write");
    }

    Map<String, List<EventEnvelope<?>>> end(Path folder) {
        if (!findings.isEmpty()) {
            StringBuilder text = new StringBuilder("golden files in " + folder + ":");
            findings.forEach((file, finding) -> text.append(System.lineSeparator()).append(file).append(' ')
                    .append(finding));
            throw new AssertionError(text.toString());
        }
        return Collections.unmodifiableMap(older);
    }
}
