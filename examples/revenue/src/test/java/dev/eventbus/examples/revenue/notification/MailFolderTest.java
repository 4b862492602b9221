/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.testkit.Rendezvous;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails as files. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class MailFolderTest {
    private static final UUID ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

    @TempDir
    Path temp;
    private Path folder;
    private MailFolder outbox;

    @BeforeEach
    void open() throws IOException {
        folder = temp.resolve("mail/out");
        outbox = new MailFolder(folder);
    }

    @Test
    void a_mail_is_a_file_named_by_its_event() throws IOException {
        outbox.put(new Mail(ID, "zoë@example.org", "Grüße", "Dear Zoë,\n"));

        assertThat(files()).containsExactly(ID + ".txt");
        assertThat(text()).isEqualTo("To: <zoë@example.org>\nSubject: Grüße\nX-Event: " + ID + "\n\nDear Zoë,\n");
    }

    @Test
    void a_repeated_attempt_replaces_its_own_and_no_other() throws IOException {
        outbox.put(new Mail(ID, "a@example.org", "first", "1\n"));
        outbox.put(new Mail(new UUID(1, 1), "a@example.org", "other", "1\n"));
        outbox.put(new Mail(ID, "a@example.org", "second", "2\n"));

        assertThat(files()).hasSize(2);
        assertThat(text()).contains("Subject: second").doesNotContain("first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029", "\u000b", "\f", "\0", "\u001b[2K",
            "\u202e", "\u200b"})
    void no_header_can_be_added(String hostile) throws IOException {
        outbox.put(new Mail(ID, "a@example.org" + hostile + "Bcc: b@example.org",
                "Hello" + hostile + "Bcc: c@example.org", "Body\n"));

        List<String> lines = text().lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).startsWith("To: <a@example.org ").endsWith("Bcc: b@example.org>");
        assertThat(lines.get(1)).startsWith("Subject: Hello ").endsWith("Bcc: c@example.org");
        assertThat(text()).doesNotContain(hostile.equals("\n") ? "\nBcc" : hostile);
    }

    @Test
    void an_address_stays_one_address() throws IOException {
        outbox.put(new Mail(ID, "a@example.org>,<b@example.org", "Hello", ""));

        assertThat(text()).startsWith("To: <a@example.org,b@example.org>\n");
    }

    @Test
    void half_a_character_and_a_very_long_name_are_taken_too() throws IOException {
        outbox.put(new Mail(ID, "a@example.org", "\ud800" + "x".repeat(100_000), "\ud800\n"));

        assertThat(text().lines().toList().get(1)).isEqualTo("Subject: " + "x".repeat(PlainLine.LONGEST - 1));
        assertThat(text()).endsWith("\n\n?\n");
    }

    @Test
    void who_looks_finds_a_whole_mail() {
        String body = "x".repeat(100_000) + "\n";
        Rendezvous.collide(2, task -> {
            for (int i = 0; i < 50; i++) {
                if (task == 0) {
                    outbox.put(new Mail(ID, "a@example.org", "Hello", body));
                } else if (Files.exists(folder.resolve(ID + ".txt"))) {
                    assertThat(text()).endsWith(body);
                }
            }
            return "done";
        }).forEach(outcome -> assertThat(outcome.value()).isEqualTo("done"));
    }

    @Test
    void a_mail_that_cannot_be_written_leaves_nothing_behind() throws IOException {
        Files.createDirectories(folder.resolve(ID + ".txt").resolve("in the way"));

        assertThatThrownBy(() -> outbox.put(new Mail(ID, "a@example.org", "Hello", "")))
                .isInstanceOf(IOException.class);
        assertThat(files()).containsExactly(ID + ".txt");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String text() throws IOException {
        return Files.readString(folder.resolve(ID + ".txt"));
    }
}
