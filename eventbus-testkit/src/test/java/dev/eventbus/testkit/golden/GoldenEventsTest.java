/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.spi.EventCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GoldenEventsTest {
    private static final String FORM = "{\"type\":\"paid\",\"version\":2,\"amount\":9.00}";

    private final TinyCodec codec = TinyCodec.create();
    private final EventEnvelope<BigDecimal> paid = TinyCodec.event("paid", 2, "9.00");

    @TempDir
    private Path folder;

    private void keep(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private Map<String, List<EventEnvelope<?>>> check(EventCodec by, EventEnvelope<?>... samples) {
        return GoldenEvents.in(folder).check(by, List.of(samples));
    }

    @Test
    void a_file_that_is_written_as_it_was_passes_whatever_space_is_in_it() throws IOException {
        // @start region="golden"
        List<EventEnvelope<?>> samples = List.of(paid);

        keep("paid.v2.json", "{\"type\":\"paid\",\n \"version\":2,\"amount\":9.00}\n");
        assertThat(GoldenEvents.in(folder).check(codec, samples)).isEmpty();
        // @end region="golden"
        keep("README", "no event");
        assertThat(check(codec, paid)).isEmpty();
    }

    @Test
    void a_missing_file_fails_says_how_to_write_it_and_is_not_written() {
        assertThatThrownBy(() -> check(codec, paid)).isInstanceOf(AssertionError.class).hasMessage(
                "golden files in " + folder + ":" + System.lineSeparator()
                        + "paid.v2.json is missing; run the test once with "
                        + "-Dgolden.write=true, look at the file and commit it");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void with_the_property_a_missing_file_is_written_and_fails_once() throws IOException {
        GoldenEvents writing = new GoldenEvents(folder.resolve("new"), true);

        assertThatThrownBy(() -> writing.check(codec, List.of(paid))).isInstanceOf(AssertionError.class)
                .hasMessageContaining("paid.v2.json was missing and has been written; look at it");
        assertThat(folder.resolve("new/paid.v2.json")).hasContent(FORM);
        assertThat(writing.check(codec, List.of(paid))).isEmpty();
    }

    @Test
    void the_property_decides_and_false_is_no() {
        try {
            System.setProperty("golden.write", "false");
            assertThatThrownBy(() -> check(codec, paid)).hasMessageContaining("is missing");
            System.setProperty("golden.write", "true");
            assertThatThrownBy(() -> check(codec, paid)).hasMessageContaining("has been written");
        } finally {
            System.clearProperty("golden.write");
        }
        assertThat(folder.resolve("paid.v2.json")).exists();
    }

    @Test
    void a_changed_form_fails_with_its_paths_and_is_never_overwritten() throws IOException {
        keep("paid.v2.json", FORM);
        GoldenEvents writing = new GoldenEvents(folder, true);

        assertThatThrownBy(() -> writing.check(codec, List.of(TinyCodec.event("paid", 2, "9.0"))))
                .isInstanceOf(AssertionError.class).hasMessage(("golden files in " + folder
                        + ":%npaid.v2.json is not what is written now; give the type its next version and a step from "
                        + "this one, or delete the file to have it written anew if no such event is kept anywhere:"
                        + "%n  $.amount: was 9.00, is 9.0").formatted());
        assertThatThrownBy(() -> check(new TinyCodec("total", Set.of(), ",\"a\":{\"b\":[1,{\"c d\":\"x\"}]}"), paid))
                .hasMessageContaining(("  $.amount: was 9.00, is no more%n  $.total: was not there, is 9.00%n"
                        + "  $.a.b[0]: was not there, is 1%n  $.a.b[1]['c d']: was not there, is \"x\"").formatted());
        assertThat(folder.resolve("paid.v2.json")).hasContent(FORM);
    }

    @Test
    void another_order_of_fields_and_another_format_are_changes_too() throws IOException {
        keep("paid.v2.json", "{\"version\":2,\"type\":\"paid\",\"amount\":9.00}");
        assertThatThrownBy(() -> check(codec, paid)).hasMessageEndingWith("$.type: stands where $.version was");

        keep("paid.v2.json", "paid 9.00");
        assertThatThrownBy(() -> check(codec, paid)).hasMessageEndingWith("$: was paid 9.00, is " + FORM);
    }

    @Test
    void what_is_written_and_read_as_another_event_fails() throws IOException {
        keep("lost.v2.json", "{\"type\":\"lost\",\"version\":2,\"amount\":9.00}");

        assertThatThrownBy(() -> check(codec, TinyCodec.event("lost", 2, "9.00"))).isInstanceOf(AssertionError.class)
                .hasMessageContaining("lost.v2.json is written, but read as another event:")
                .hasMessageEndingWith("$.amount: was 9.00, is 0");
    }

    @Test
    void an_older_version_is_read_and_returned() throws IOException {
        keep("paid.v2.json", FORM);
        keep("paid.v1.json", "{\"type\":\"paid\",\"version\":1,\"total\":7.50}\n");
        keep("paid.v0.json", "{\"type\":\"paid\",\"version\":0,\"total\":7.50}\n");

        assertThat(check(new TinyCodec("amount", Set.of(0, 1), ""), paid)).isEqualTo(
                Map.of("paid.v1.json", List.of(TinyCodec.event("paid", 2, "7.50")), "paid.v0.json", List.of()));
    }

    @Test
    void a_version_that_is_read_no_more_an_orphan_and_a_type_without_sample_fail_all_at_once() throws IOException {
        keep("paid.v2.json", FORM);
        keep("paid.v1.json", "{\"type\":\"paid\",\"version\":1,\"total\":7.50}");
        keep("broken.v2.json", "{");
        keep("sent.v2.json", "{\"type\":\"sent\",\"version\":2,\"amount\":7.50}");

        assertThatThrownBy(() -> check(codec, paid)).isInstanceOf(AssertionError.class).hasMessage(("golden files in "
                + folder + ":%n"
                + "broken.v2.json cannot be read any more: $ must be JSON; add the steps that lead from it to a present "
                + "version, or one that drops it%n"
                + "paid.v1.json cannot be read any more: $ is of version 1; add the steps that lead from it to a "
                + "present version, or one that drops it%n"
                + "sent.v2.json became an event for sent.v2.json, of which there is no sample; add one").formatted());
    }

    @Test
    void two_samples_of_one_version_and_none_at_all_are_refused() {
        assertThatThrownBy(() -> check(codec, paid, TinyCodec.event("paid", 2, "1")))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("samples must hold one event of each type and "
                        + "version, had two for paid.v2.json");
        assertThatThrownBy(() -> check(codec)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("samples must not be empty");
    }

    @Test
    void names_of_types_become_names_of_files_and_a_folder_that_cannot_be_made_is_told() throws IOException {
        assertThat(GoldenEvents.file(TinyCodec.event("a/b:C$d ü", 3, "1").metadata()))
                .isEqualTo("a%00002fb%00003aC%000024d%000020%0000fc.v3.json");
        keep("file", "x");
        assertThatThrownBy(
                () -> new GoldenEvents(folder.resolve("file/below"), true).check(codec, List.of(paid)))
                .isInstanceOf(UncheckedIOException.class).hasMessageContaining("cannot be read or written");
    }
}
