/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.eventfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.examples.revenue.Invoices;
import dev.eventbus.examples.revenue.event.CustomerDeleted;
import dev.eventbus.examples.revenue.event.InvoiceCreated;
import dev.eventbus.examples.revenue.event.InvoicePaid;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.spi.Clocks;
import dev.eventbus.subscribe.Dispatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The writer and the reader, on files. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class EventFileTest {
    private static final InvoiceCreated CREATED = new InvoiceCreated(Invoices.invoice("1"), 1,
            List.of(Invoices.line(2, "7.950")));
    private static final InvoicePaid PAID = new InvoicePaid(Invoices.invoice("1"), 2);

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("events.jsonl");
    }

    private static List<EventEnvelope<?>> read(Path file) {
        List<EventEnvelope<?>> events = new ArrayList<>();
        try (EventLines lines = EventLines.open(file)) {
            for (EventLines.Line line = lines.next(); line != null; line = lines.next()) {
                assertThat(line.number()).isEqualTo(events.size() + 1);
                events.add(line.event());
            }
        }
        return events;
    }

    private static EventBus bus(EventFileWriter writer) {
        return EventBus.builder("file").dispatch(Dispatch.synchronous()).observe(writer).build();
    }

    private void write() {
        try (EventFileWriter writer = EventFileWriter.create(file(), Clocks.system()); EventBus bus = bus(writer)) {
            bus.publish(CREATED);
            bus.publish(PAID);
            writer.end();
        }
    }

    private List<String> written() throws IOException {
        write();
        return Files.readAllLines(file());
    }

    @Test
    void holds_every_event_as_it_was_published_and_their_number_at_the_end() {
        List<EventEnvelope<?>> published = new ArrayList<>();
        try (EventFileWriter writer = EventFileWriter.create(file(), Clocks.system()); EventBus bus = bus(writer)) {
            bus.subscribe("notes", s -> s.onEvent(Object.class, delivery -> published.add(delivery.event())));
            bus.publish(CREATED,
                    PublishOptions.options().key("1").correlationId("op-1").attribute("traceparent", "00-ab"));
            bus.publish(PAID);
            writer.end();
        }

        List<EventEnvelope<?>> read = read(file());

        assertThat(read).hasSize(3);
        assertThat(((EventFileEnded) read.get(2).payload()).events()).isEqualTo(2);
        for (int i = 0; i < 2; i++) {
            assertThat(read.get(i).metadata()).isEqualTo(published.get(i).metadata());
            assertThat(read.get(i).payload()).isEqualTo(published.get(i).payload());
        }
    }

    @Test
    void holds_an_event_that_was_published_twice_two_times() {
        try (EventFileWriter writer = EventFileWriter.create(file(), Clocks.system()); EventBus bus = bus(writer)) {
            Receipt receipt = bus.publish(PAID);
            bus.publish(PAID, PublishOptions.options().id(receipt.eventId()));
            writer.end();
        }

        assertThat(((EventFileEnded) read(file()).getLast().payload()).events()).isEqualTo(2);
    }

    @Test
    void has_its_name_only_when_it_is_whole() {
        try (EventFileWriter writer = EventFileWriter.create(file(), Clocks.system()); EventBus bus = bus(writer)) {
            bus.publish(PAID);
            assertThat(folder).isDirectoryNotContaining("glob:**/events.jsonl").isNotEmptyDirectory();
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void says_at_its_end_what_its_bytes_add_up_to() throws Exception {
        List<String> lines = written();
        byte[] before = (lines.get(0) + "\n" + lines.get(1) + "\n").getBytes(StandardCharsets.UTF_8);

        String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(before));

        assertThat(read(file()).getLast().payload()).isEqualTo(new EventFileEnded(2, sum));
    }

    @Test
    void replaces_an_earlier_one() throws IOException {
        Files.writeString(file(), "older");
        write();

        assertThat(folder).isDirectoryContaining(file()::equals);
        assertThat(read(file())).hasSize(3);
    }

    @Test
    void where_nothing_can_be_written_is_an_error_at_once() {
        Path nowhere = folder.resolve("no/such/folder.jsonl");

        assertThatThrownBy(() -> EventFileWriter.create(nowhere, Clocks.system()))
                .isInstanceOf(EventFileException.class)
                .hasMessageContaining("could not be written to").hasMessageContaining("--events");
    }

    @Test
    void a_folder_is_an_error_at_once() {
        assertThatThrownBy(() -> EventFileWriter.create(folder, Clocks.system()))
                .isInstanceOf(EventFileException.class).hasMessageContaining("is a directory");

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_disk_that_fails_is_an_error_at_the_end_and_leaves_no_file() {
        Path part = folder.resolve("part");
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        try (EventFileWriter writer = EventFileWriter.over(file(), part, full, Clocks.system());
                EventBus bus = bus(writer)) {
            for (int i = 0; i < 1_000; i++) { // more than the buffer takes, so that it fails before the end too
                bus.publish(CREATED);
            }
            assertThatThrownBy(writer::end).isInstanceOf(EventFileException.class)
                    .hasMessageContaining("No space left on device");
        }

        assertThat(file()).doesNotExist();
    }

    @Test
    void an_event_of_no_known_type_is_an_error_at_the_end() {
        try (EventFileWriter writer = EventFileWriter.create(file(), Clocks.system()); EventBus bus = bus(writer)) {
            bus.publish("no event of the system");
            bus.publish(new CustomerDeleted("20001"));
            assertThatThrownBy(writer::end).isInstanceOf(EventFileException.class);
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_line_that_is_no_event_is_named_with_its_place() throws IOException {
        List<String> lines = written();
        Files.write(file(),
                List.of(lines.get(0), lines.get(1).replace("\"revision\":2", "\"revision\":\"two\""), lines.get(2)));

        assertThatThrownBy(() -> read(file())).isInstanceOf(EventFileException.class)
                .hasMessageContaining("line 2 is no event").hasMessageContaining("$.revision")
                .hasMessageContaining("--events");
    }

    @Test
    void a_line_that_breaks_off_is_no_event() throws IOException {
        String all = String.join("\n", written());
        Files.writeString(file(), all.substring(0, all.length() - 5));

        assertThatThrownBy(() -> read(file())).isInstanceOf(EventFileException.class)
                .hasMessageContaining("line 3 is no event");
    }

    @Test
    void a_line_without_an_end_is_not_read_to_its_end() {
        InputStream endless = new InputStream() {
            private int bytes;

            @Override
            public int read() {
                assertThat(++bytes).isLessThan(5 << 20);
                return 'x';
            }
        };

        assertThatThrownBy(() -> new EventLines("endless", RevenueCodec.create(), endless).next())
                .isInstanceOf(EventFileException.class).hasMessageContaining("line 1 is no event");
    }

    @Test
    void an_empty_line_is_no_event() throws IOException {
        Files.writeString(file(), "\n");

        assertThatThrownBy(() -> read(file())).isInstanceOf(EventFileException.class)
                .hasMessageContaining("line 1 is no event");
    }

    @Test
    void a_file_that_is_missing_is_an_error() {
        assertThatThrownBy(() -> EventLines.open(file())).isInstanceOf(EventFileException.class)
                .hasMessageContaining("could not be read: java.nio.file.NoSuchFileException: ");
    }

    @Test
    void names_nobody_in_its_errors() throws IOException {
        List<String> lines = written();
        Files.writeString(file(), lines.getFirst().replace("OAK PICTURE FRAME\",", "OAK PICTURE FRAME\"SECRET,"),
                StandardCharsets.UTF_8);

        assertThatThrownBy(() -> read(file())).isInstanceOf(EventFileException.class)
                .hasMessageNotContaining("OAK").hasMessageNotContaining("SECRET");
    }
}
