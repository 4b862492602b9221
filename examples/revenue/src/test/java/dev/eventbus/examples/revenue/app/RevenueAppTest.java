/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole program, mostly on the input that comes with it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class RevenueAppTest {
    private static final String HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int warmUps;

    @TempDir
    private Path folder;

    @Nested
    @DisplayNameGeneration(ReplaceUnderscores.class)
    class The_bundled_input {
        @ParameterizedTest
        @EnumSource
        void gives_the_same_figures_every_time(DispatchMode mode) throws IOException {
            JsonNode json = json(RevenueApp.OK, on(mode));

            assertThat(json.at("/invoices").asInt()).isEqualTo(88);
            assertThat(json.at("/rows/read").asInt()).isEqualTo(205);
            assertThat(json.at("/rows/rejected").asInt()).isEqualTo(2);
            assertThat(json.at("/revenue/total").asString()).isEqualTo("15171.59");
            assertThat(json.at("/revenue/tax").asString()).isEqualTo("1370.09");
            assertThat(json.at("/revenue/months").toString())
                    .isEqualTo("{\"2025-01\":\"3444.32\",\"2025-02\":\"5099.84\",\"2025-03\":\"3316.86\","
                            + "\"2025-04\":\"438.096\",\"2025-05\":\"118.571\",\"2025-06\":\"487.646\","
                            + "\"2025-07\":\"236.80\",\"2025-08\":\"349.041\",\"2025-09\":\"307.416\","
                            + "\"2025-10\":\"267.02\",\"2025-11\":\"528.02\",\"2025-12\":\"577.96\"}");
            assertThat(json.at("/revenue/deferred").asString()).isEqualTo("508.05");
            assertThat(json.at("/events/byType").toString()).isEqualTo("{\"CustomerCreated\":6,\"CustomerDeleted\":1,"
                    + "\"CustomerUpdated\":2,\"InvoiceCreated\":88,\"InvoiceDeleted\":2,\"InvoiceOverdue\":3,"
                    + "\"InvoicePaid\":71,\"InvoicePaymentReceived\":16,\"InvoiceReminderSent\":8,\"InvoiceUpdated\":5,"
                    + "\"InvoiceVoided\":2,\"PaymentDue\":3,\"PaymentFailed\":2,\"PaymentRefunded\":2,"
                    + "\"PaymentSucceeded\":16,\"RecognitionDue\":49,\"ReminderDue\":8,\"RevenueAdjusted\":6,"
                    + "\"RevenueDeferred\":9,\"RevenueRecognized\":111,\"RevenueReversed\":17}");
            assertThat(json.at("/events/published").asInt()).isEqualTo(427);
            assertThat(json.at("/events/handled").asInt()).isEqualTo(806);
            assertThat(json.at("/mails").asInt()).isEqualTo(81);
            assertThat(json.at("/deadLetters").asInt()).isZero();
            assertThat(json.at("/lost").asInt()).isZero();
        }

        @ParameterizedTest
        @EnumSource
        void has_exactly_the_promised_fields(DispatchMode mode) throws IOException {
            JsonNode json = json(RevenueApp.OK, on(mode));

            assertThat(json.propertyNames()).containsExactly("dispatch", "invoices", "rows", "events", "revenue",
                    "mails", "retries", "duplicates", "circuitOpenings", "parked", "redriven", "deadLetters", "lost",
                    "latency",
                    "checks");
            assertThat(json.at("/events").propertyNames()).containsExactly("published", "byType", "handled");
            assertThat(json.at("/latency").propertyNames()).containsExactly("p50Micros", "p95Micros", "p99Micros");
            assertThat(json.at("/checks").toString())
                    .isEqualTo(
                            "{\"reconciled\":true,\"traceable\":true,\"ordered\":true,\"fast\":true,\"covered\":true}");
            assertThat(json.at("/rows/rejectedRows/0/line").asInt()).isEqualTo(29);
            assertThat(json.at("/rows/rejectedRows/1/reason").asString()).isEqualTo("has 9 columns instead of 8");
        }

        @ParameterizedTest
        @EnumSource
        void shows_a_retry_and_an_invoice_that_was_parked_and_redriven(DispatchMode mode) throws IOException {
            JsonNode json = json(RevenueApp.OK, on(mode));

            assertThat(json.at("/retries").asInt()).isEqualTo(4);
            assertThat(json.at("/parked").asInt()).isEqualTo(3);
            assertThat(json.at("/redriven").asInt()).isEqualTo(3);
            assertThat(json.at("/deadLetters").asInt()).isZero();
            assertThat(json.at("/circuitOpenings").asInt()).isZero();
            assertThat(printed()).contains(
                    "attempt 1: RepositoryDownException: rehearsed: connection reset; next after",
                    "(900009) in 'revenue': ATTEMPTS_EXHAUSTED", "(900009) in 'revenue': PARKED_BEHIND",
                    "redriven     3 letters after the cause was mended: 3 handled, 0 failed again, 0 skipped");
        }

        @Test
        void is_reported_to_people_without_escape_sequences() {
            assertThat(run("--input=", "--json=", "--dispatch=", "--clients=", "--failures=",
                    "--duplicates=", "--outage=", "--poison=", "--plant=", "--events=", "--replay=", "--outbox="))
                    .isEqualTo(RevenueApp.OK);

            assertThat(printed()).contains("Events published", "Revenue by month", "2025-02", "Who brought most",
                    "└─ InvoiceUpdated", "   └─ RevenueAdjusted", "line 29  ", "publish to handler return",
                    "✔ reconciled",
                    "✔ traceable    143 entries", "✔ ordered      195 deliveries", "✔ fast",
                    "806 deliveries accepted, 0 lost", "✔ covered      21 of 21 types of events published",
                    "not in it 508.05 that is deferred", "81  counted only");
            assertThat(printed()).doesNotContain("\u001b", "✘");
            assertThat(printed().lines()).allMatch(line -> line.length() <= 100);
            assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"drop, reconciled, VIRTUAL", "duplicate, reconciled, VIRTUAL", "duplicate, traceable, VIRTUAL",
                "duplicate, ordered, VIRTUAL", "duplicate, ordered, SYNC",
                "swap, reconciled, VIRTUAL", "drop, reconciled, SYNC", "duplicate, reconciled, SYNC",
                "duplicate, traceable, SYNC", "swap, reconciled, SYNC"})
        void a_planted_fault_makes_a_check_fail(String plant, String check, DispatchMode mode) throws IOException {
            JsonNode json = json(RevenueApp.WRONG, on(mode), "--plant=" + plant);

            assertThat(json.at("/checks/" + check).asBoolean()).isFalse();
            assertThat(json.at("/lost").asInt()).isZero();
            assertThat(printed()).contains("✘ " + check);
            assertThat(printed().lines()).allMatch(line -> line.length() <= 100);
        }

        @ParameterizedTest
        @EnumSource
        void failures_before_and_after_the_write_change_no_figure(DispatchMode mode) throws IOException {
            JsonNode calm = json(RevenueApp.OK, on(mode));
            JsonNode rough = json(RevenueApp.OK, on(mode), "--failures=0.2");

            assertThat(rough.at("/revenue")).isEqualTo(calm.at("/revenue"));
            assertThat(rough.at("/events")).isEqualTo(calm.at("/events"));
            assertThat(rough.at("/retries").asInt()).isPositive();
            assertThat(rough.at("/deadLetters").asInt()).isZero();
            assertThat(rough.at("/duplicates").asInt()).isZero();
            assertThat(rough.at("/lost").asInt()).isZero();
        }

        @ParameterizedTest
        @EnumSource
        void an_outage_of_the_tax_service_opens_the_breaker_and_changes_no_figure(DispatchMode mode)
                throws IOException {
            JsonNode calm = json(RevenueApp.OK, on(mode));
            JsonNode rough = json(RevenueApp.OK, on(mode), "--outage=100");

            assertThat(rough.at("/revenue")).isEqualTo(calm.at("/revenue"));
            assertThat(rough.at("/events")).isEqualTo(calm.at("/events"));
            assertThat(rough.at("/circuitOpenings").asInt()).isPositive();
            assertThat(rough.at("/redriven")).isEqualTo(rough.at("/parked"));
            assertThat(rough.at("/deadLetters").asInt()).isZero();
            assertThat(rough.at("/lost").asInt()).isZero();
        }

        @ParameterizedTest
        @EnumSource
        void everything_that_fails_at_once_changes_no_amount(DispatchMode mode) throws IOException {
            JsonNode calm = json(RevenueApp.OK, on(mode));
            JsonNode rough = json(RevenueApp.OK, on(mode), "--clients=20", "--duplicates=0.5", "--failures=0.1",
                    "--outage=100", "--poison=900020");

            assertThat(rough.at("/revenue")).isEqualTo(calm.at("/revenue"));
            assertThat(rough.at("/duplicates").asInt()).isEqualTo(279);
            assertThat(rough.at("/parked").asInt()).isPositive();
            assertThat(rough.at("/redriven")).isEqualTo(rough.at("/parked"));
            assertThat(rough.at("/checks/ordered").asBoolean()).isTrue();
            assertThat(rough.at("/lost").asInt()).isZero();
        }

        @ParameterizedTest
        @EnumSource
        void duplicates_are_recognised_and_change_no_amount(DispatchMode mode) throws IOException {
            JsonNode once = json(RevenueApp.OK, on(mode));
            JsonNode twice = json(RevenueApp.OK, on(mode), "--duplicates=0.1");

            assertThat(twice.at("/revenue")).isEqualTo(once.at("/revenue"));
            assertThat(twice.at("/duplicates").asInt()).isEqualTo(54);
            assertThat(twice.at("/lost").asInt()).isZero();
        }

        @ParameterizedTest
        @EnumSource
        void failures_and_duplicates_together_change_no_amount(DispatchMode mode) throws IOException {
            JsonNode calm = json(RevenueApp.OK, on(mode));
            JsonNode rough = json(RevenueApp.OK, on(mode), "--duplicates=0.5", "--failures=0.3");

            assertThat(rough.at("/revenue")).isEqualTo(calm.at("/revenue"));
            assertThat(rough.at("/duplicates").asInt()).isEqualTo(279);
        }
    }

    @Nested
    @DisplayNameGeneration(ReplaceUnderscores.class)
    class Another_input {
        // So few deliveries would measure how long classes take to load.
        @BeforeEach
        void warmUp() {
            warmUps = 1;
        }

        @ParameterizedTest
        @EnumSource
        void is_not_rehearsed_on(DispatchMode mode) throws IOException {
            Path file = Files.writeString(folder.resolve("a.csv"), HEADER + """
                    1,10001,FRAME,2,2025-01-31 10:00:00,7.95,20001.0,France
                    C2,10001,FRAME,-1,2025-02-01 10:00:00,7.95,20001.0,France
                    """);

            JsonNode json = json(RevenueApp.OK, on(mode), "--input=" + file);

            assertThat(json.at("/revenue").toString())
                    .isEqualTo(
                            "{\"total\":\"7.95\",\"tax\":\"0.00\",\"deferred\":\"0.00\","
                                    + "\"months\":{\"2025-01\":\"15.90\",\"2025-02\":\"-7.95\"}}");
            assertThat(json.at("/retries").asInt()).isZero();
        }

        @ParameterizedTest
        @EnumSource
        void may_hold_an_invoice_that_cannot_be_booked(DispatchMode mode) throws IOException {
            Path file = Files.writeString(folder.resolve("a.csv"), HEADER + """
                    1,10001,FRAME,2,2025-01-31 10:00:00,7.95,20001.0,France
                    2,10001,FRAME,1,2025-01-31 11:00:00,7.95,20001.0,United Kingdom
                    """);

            JsonNode json = json(RevenueApp.OK, on(mode), "--input=" + file, "--poison=1");

            assertThat(json.at("/revenue/total").asString()).isEqualTo("23.85");
            assertThat(json.at("/revenue/tax").asString()).isEqualTo("1.59");
            assertThat(json.at("/parked").asInt()).isEqualTo(2);
            assertThat(json.at("/redriven").asInt()).isEqualTo(2);
        }

        @Test
        void prints_the_first_twenty_bad_rows_and_counts_all() throws IOException {
            Path file = Files.writeString(folder.resolve("bad.csv"), HEADER + "1,2,3\n".repeat(25));

            JsonNode json = json(RevenueApp.OK, "--input=" + file);

            assertThat(json.at("/rows/rejected").asInt()).isEqualTo(25);
            assertThat(json.at("/rows/rejectedRows").size()).isEqualTo(25);
            assertThat(printed()).contains("line 21 ", "and 5 more").doesNotContain("line 22 ");
        }

        @Test
        void may_hold_nothing_but_the_header() throws IOException {
            Path file = Files.writeString(folder.resolve("empty.csv"), HEADER);

            assertThat(json(RevenueApp.OK, "--input=" + file).at("/revenue/total").asString()).isEqualTo("0.00");
        }

        @Test
        void of_another_form_is_an_error() throws IOException {
            Path file = Files.writeString(folder.resolve("other.csv"), "a,b,c\n1,2,3\n");

            assertThat(run("--input=" + file)).isEqualTo(RevenueApp.UNUSABLE);
            assertThat(complaint()).contains("other.csv", "its first line must be InvoiceNo,StockCode,");
        }

        @Test
        void that_is_missing_is_an_error() {
            assertThat(run("--input=nowhere.csv")).isEqualTo(RevenueApp.UNUSABLE);
            assertThat(complaint()).contains("'nowhere.csv' is no file that can be read");
            assertThat(printed()).isEmpty();
        }
    }

    @Nested
    @DisplayNameGeneration(ReplaceUnderscores.class)
    class Many_clients {
        @ParameterizedTest
        @EnumSource
        void change_no_figure(DispatchMode mode) throws IOException {
            JsonNode one = json(RevenueApp.OK, on(mode));
            JsonNode many = json(RevenueApp.OK, on(mode), "--clients=1000");

            assertThat(many.at("/revenue")).isEqualTo(one.at("/revenue"));
            assertThat(many.at("/events")).isEqualTo(one.at("/events"));
            assertThat(many.at("/retries")).isEqualTo(one.at("/retries"));
            assertThat(many.at("/deadLetters").asInt()).isZero();
            assertThat(many.at("/lost").asInt()).isZero();
        }

        @ParameterizedTest
        @EnumSource
        void stand_failures_and_duplicates(DispatchMode mode) throws IOException {
            JsonNode calm = json(RevenueApp.OK, on(mode));
            JsonNode rough = json(RevenueApp.OK, on(mode), "--clients=50", "--duplicates=0.5", "--failures=0.1");

            assertThat(rough.at("/revenue")).isEqualTo(calm.at("/revenue"));
            assertThat(rough.at("/duplicates").asInt()).isEqualTo(279);
            assertThat(rough.at("/deadLetters").asInt()).isZero();
            assertThat(rough.at("/lost").asInt()).isZero();
        }
    }

    @Nested
    @DisplayNameGeneration(ReplaceUnderscores.class)
    class The_command_line {
        @Test
        void warms_up_without_a_trace_in_the_figures() {
            assertThat(new RevenueApp(stream(out), stream(err), false, 2).run()).isEqualTo(RevenueApp.OK);
            assertThat(printed()).contains("after 2 passes that are not measured", "806 deliveries accepted, 0 lost");
        }

        @Test
        void takes_virtual_threads_and_one_client_unless_it_says_otherwise() throws IOException {
            assertThat(json(RevenueApp.OK).at("/dispatch").asString()).isEqualTo("virtual");
            assertThat(printed()).contains("on one bus (virtual).", "1, waiting for each answer");
        }

        @ParameterizedTest
        @EnumSource
        void takes_a_dispatcher_and_says_so(DispatchMode mode) throws IOException {
            assertThat(json(RevenueApp.OK, on(mode)).at("/dispatch").asString()).isEqualTo(mode.label());
            assertThat(printed()).contains("on one bus (" + mode.label() + ").");
        }

        @Test
        void says_which_choices_there_are() {
            assertThat(run("--dispatch=async")).isEqualTo(RevenueApp.UNUSABLE);
            assertThat(complaint()).contains("--dispatch must be one of [virtual, sync], was 'async'");
        }

        @ParameterizedTest
        @ValueSource(strings = {"--dispatch=async", "--failures=2", "--failures=many", "--duplicates=-0.1",
                "--failures=NaN", "--clients=0",
                "--clients=few", "--outage=-1", "--outage=soon", "--dispatch=SYNC", "--plant=fire", "--unknown=1"})
        void refuses_what_it_does_not_understand(String argument) {
            assertThat(run(argument)).isEqualTo(RevenueApp.UNUSABLE);
            assertThat(complaint()).startsWith("revenue: ").contains("Usage: revenue");
        }

        @ParameterizedTest
        @ValueSource(strings = {"--input=a.csv", "--events=b.jsonl", "--outbox=mails", "--failures=0.1", "--clients=2"})
        void refuses_a_replay_together_with_a_run(String argument) {
            assertThat(run("--replay=a.jsonl", argument)).isEqualTo(RevenueApp.UNUSABLE);
            assertThat(complaint()).contains("--replay goes with --dispatch and --json only, was given "
                    + argument.substring(0, argument.indexOf('=')));
        }

        @Test
        void events_that_cannot_be_written_are_an_error() {
            assertThat(run("--events=" + folder.resolve("no/such/events.jsonl"))).isEqualTo(RevenueApp.UNUSABLE);
            assertThat(complaint()).contains("events could not be written to");
            assertThat(printed()).isEmpty();
        }

        @Test
        void mails_that_have_no_place_are_an_error() throws IOException {
            Path file = Files.writeString(folder.resolve("file"), "not a folder");

            assertThat(run("--outbox=" + file)).isEqualTo(RevenueApp.UNUSABLE);
            assertThat(complaint()).contains("mails cannot be kept in");
        }

        @Test
        void mails_are_kept_in_a_folder_one_file_each() throws IOException {
            Path outbox = folder.resolve("outbox");

            assertThat(json(RevenueApp.OK, "--outbox=" + outbox).at("/mails").asInt()).isEqualTo(81);
            assertThat(printed()).contains("81  in " + outbox);
            try (Stream<Path> mails = Files.list(outbox)) {
                assertThat(mails).hasSize(81).allMatch(mail -> mail.toString().endsWith(".txt"));
            }
        }

        @Test
        void a_report_that_cannot_be_written_is_an_error() {
            assertThat(run("--json=" + folder.resolve("no/such/folder.json"))).isEqualTo(RevenueApp.UNUSABLE);
            assertThat(complaint()).contains("could not be written");
        }

        @Test
        void shows_progress_and_colour_on_a_terminal() {
            new RevenueApp(stream(out), stream(err), true, 0).run();

            assertThat(printed()).contains("\u001b[2K", "\u001b[32m✔\u001b[0m");
        }
    }

    private static String on(DispatchMode mode) {
        return "--dispatch=" + mode.label();
    }

    private JsonNode json(int exit, String... arguments) throws IOException {
        Path file = folder.resolve("report.json");
        String[] all = Stream
                .concat(Arrays.stream(arguments), Stream.of("--json=" + file)).toArray(String[]::new);
        assertThat(run(all)).describedAs(complaint() + printed()).isEqualTo(exit);
        return JsonMapper.builder().build().readTree(Files.readString(file));
    }

    private int run(String... arguments) {
        return new RevenueApp(stream(out), stream(err), false, warmUps).run(arguments);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complaint() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
