/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.examples.revenue.app.check.CheckResult;
import dev.eventbus.examples.revenue.app.eventfile.EventFileException;
import dev.eventbus.examples.revenue.app.replay.ReplayReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The file of events that the bundled run writes: it is enough, and all of it is needed. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class ReplayTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private static Path folder;
    private static List<String> lines = List.of();

    @BeforeAll
    static void write() throws IOException {
        lines = written("--dispatch=sync");
    }

    private static List<String> written(String... arguments) throws IOException {
        Path file = folder.resolve("written.jsonl");
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--events=" + file)).toArray(String[]::new);
        assertThat(run(new ByteArrayOutputStream(), all)).isEqualTo(RevenueApp.OK);
        return Files.readAllLines(file);
    }

    private static int run(ByteArrayOutputStream out, String... arguments) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new RevenueApp(stream, stream, false, 0).run(arguments);
    }

    private static Path file(List<String> changed) {
        try {
            return Files.write(folder.resolve("changed.jsonl"), changed);
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }

    private static ReplayReport replay(List<String> changed) {
        return new ReplayRun(DispatchMode.SYNC).run(file(changed));
    }

    private static List<String> failed(List<String> changed) {
        return replay(changed).checks().stream().filter(check -> !check.passed()).map(CheckResult::name).toList();
    }

    private static String type(String line) {
        return JSON.readTree(line).at("/type").asString();
    }

    private static List<String> types() {
        return lines.stream().map(ReplayTest::type).distinct().toList();
    }

    private static int first(String type) {
        return IntStream.range(0, lines.size()).filter(i -> type(lines.get(i)).equals(type)).findFirst().orElseThrow();
    }

    private static int last(String type) {
        return IntStream.range(0, lines.size()).filter(i -> type(lines.get(i)).equals(type)).reduce((a, b) -> b)
                .orElseThrow();
    }

    private static List<String> without(int line) {
        List<String> fewer = new ArrayList<>(lines);
        fewer.remove(line);
        return fewer;
    }

    // As somebody would who changes lines and does not want that to be noticed.
    private static List<String> countedAnew(List<String> changed) {
        List<String> before = changed.subList(0, changed.size() - 1);
        String end = changed.getLast()
                .replace("\"events\":" + (lines.size() - 1), "\"events\":" + before.size())
                .replaceFirst("\"sha256\":\"[0-9a-f]{64}\"", "\"sha256\":\"" + sha256(before) + "\"");
        return Stream.concat(before.stream(), Stream.of(end)).toList();
    }

    private static String sha256(List<String> all) {
        String text = all.stream().map(line -> line + "\n").collect(Collectors.joining());
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<String> with(int line, String from, String to) {
        List<String> changed = new ArrayList<>(lines);
        assertThat(changed.get(line)).contains(from);
        changed.set(line, changed.get(line).replace(from, to));
        return changed;
    }

    @ParameterizedTest
    @EnumSource
    void rebuilds_all_revenue_from_the_file_alone(DispatchMode mode) throws IOException {
        Path json = folder.resolve("replay.json");
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int exit = run(out, "--replay=" + file(lines), "--dispatch=" + mode.label(), "--json=" + json);

        String printed = out.toString(StandardCharsets.UTF_8);
        assertThat(exit).describedAs(printed).isEqualTo(RevenueApp.OK);
        assertThat(printed)
                .contains("427 events of", "made 88 accounts anew", "(" + mode.label() + ")", "✔ whole", "✔ caused",
                        "✔ booked", "✔ equal", "15,171.59")
                .doesNotContain("✘", "differs");
        JsonNode report = JSON.readTree(Files.readString(json));
        assertThat(report.at("/revenue/total").asString()).isEqualTo("15171.59");
        assertThat(report.at("/revenue/tax").asString()).isEqualTo("1370.09");
        assertThat(report.at("/revenue/deferred").asString()).isEqualTo("508.05");
        assertThat(report.at("/revenue/months/2025-05").asString()).isEqualTo("118.571");
        assertThat(report.at("/accounts").asInt()).isEqualTo(88);
        assertThat(report.at("/duplicates").asInt()).isZero();
        assertThat(report.at("/checks").toString())
                .isEqualTo("{\"whole\":true,\"caused\":true,\"booked\":true,\"equal\":true}");
    }

    @ParameterizedTest
    @EnumSource
    void what_was_written_on_either_dispatcher_and_among_faults_is_whole(DispatchMode mode) throws IOException {
        List<String> rough = written("--dispatch=" + mode.label(), "--clients=20", "--duplicates=0.5", "--failures=0.1",
                "--outage=20", "--poison=900020");

        ReplayReport report = replay(rough);

        assertThat(report.checks()).allMatch(CheckResult::passed);
        assertThat(report.rebuilt().total()).isEqualByComparingTo("15171.59");
        assertThat(report.events()).isGreaterThan(427);
        assertThat(report.duplicates()).isPositive();
    }

    @Test
    void holds_every_type_there_is() {
        assertThat(types()).hasSize(22).contains("CustomerDeleted", "RevenueDeferred", "PaymentRefunded",
                "EventFileEnded");
    }

    @ParameterizedTest
    @CsvSource({"CustomerCreated, 2025-01-02T09:00:00Z", "InvoiceOverdue, 2025-02-13T00:00:00Z",
            "RecognitionDue, 2025-02-01T00:00:00Z", "RevenueDeferred, 2025-01-06T10:00:00Z"})
    void events_of_the_scenario_have_its_times(String type, String time) {
        assertThat(JSON.readTree(lines.get(first(type))).at("/time").asString()).isEqualTo(time);
    }

    @Test
    void finds_any_line_that_is_missing() {
        for (String type : types()) {
            assertThat(failed(without(first(type)))).describedAs("first %s", type).contains("whole");
            assertThat(failed(without(last(type)))).describedAs("last %s", type).contains("whole");
        }
    }

    @ParameterizedTest
    @CsvSource({"InvoiceCreated, booked", "InvoiceUpdated, booked", "InvoicePaid, ''", "InvoiceVoided, equal",
            "InvoiceDeleted, equal", "InvoicePaymentReceived, booked", "InvoiceReminderSent, booked",
            "RevenueRecognized, equal", "RevenueDeferred, equal", "RevenueAdjusted, equal", "RevenueReversed, equal",
            "PaymentRefunded, equal", "RecognitionDue, caused", "ReminderDue, caused", "PaymentDue, caused",
            "PaymentSucceeded, caused"})
    void finds_a_missing_line_even_if_the_count_is_made_to_fit(String type, String check) {
        List<String> found = failed(countedAnew(without(first(type))));

        assertThat(found).doesNotContain("whole");
        if (!check.isEmpty()) {
            assertThat(found).contains(check);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvoiceCreated", "RevenueRecognized", "PaymentRefunded", "RecognitionDue"})
    void counts_an_event_that_stands_there_twice_once(String type) {
        List<String> more = new ArrayList<>(lines);
        more.add(first(type), lines.get(first(type)));

        assertThat(failed(countedAnew(more))).isEmpty();
    }

    @Test
    void finds_a_missing_announcement_of_nothing() {
        int nothing = IntStream.range(0, lines.size()).filter(i -> type(lines.get(i)).equals("RevenueRecognized")
                && lines.get(i).contains("\"number\":\"900067\"")).findFirst().orElseThrow();

        assertThat(failed(countedAnew(without(nothing)))).containsExactly("booked");
    }

    @ParameterizedTest
    @CsvSource({"InvoiceCreated, \"unitPrice\":1.65, \"unitPrice\":1.66",
            "RevenueRecognized, \"amount\":, \"amount\":1",
            "RevenueDeferred, \"deferred\":1200.00, \"deferred\":1200.01",
            "PaymentRefunded, \"amount\":299.40, \"amount\":299.39"})
    void finds_an_amount_that_was_altered(String type, String from, String to) {
        ReplayReport report = replay(with(first(type), from, to));

        assertThat(report.passed()).isFalse();
        assertThat(report.checks().getLast().findings()).isNotEmpty().allMatch(finding -> finding.contains("rebuilt"));
    }

    // Most of them stand in no sum of revenue: names, times, operations, what is still to be paid.
    @Test
    void finds_any_digit_that_was_altered() {
        for (String type : types()) {
            int line = first(type);
            if (line < lines.size() - 1) {
                int[] digits = IntStream.range(0, lines.get(line).length())
                        .filter(i -> Character.isDigit(lines.get(line).charAt(i))).toArray();
                for (int i = 0; i < digits.length; i += digits.length / 4) {
                    assertThat(found(altered(line, digits[i]))).describedAs("%s at %d", type, digits[i]).isTrue();
                }
            }
        }
    }

    @Test
    void finds_a_value_that_no_sum_of_revenue_holds() {
        int line = first("PaymentSucceeded");

        assertThat(failed(with(line, "\"amount\":", "\"amount\":1"))).containsExactly("whole");
    }

    private static List<String> altered(int line, int digit) {
        StringBuilder text = new StringBuilder(lines.get(line));
        text.setCharAt(digit, text.charAt(digit) == '1' ? '2' : '1');
        List<String> changed = new ArrayList<>(lines);
        changed.set(line, text.toString());
        return changed;
    }

    private static boolean found(List<String> changed) {
        try {
            return !replay(changed).passed();
        } catch (EventFileException refused) {
            return true;
        }
    }

    @Test
    void a_revenue_event_against_the_rules_is_named() {
        int line = first("RevenueDeferred");

        assertThatThrownBy(() -> replay(with(line, "\"deferred\":1200.00", "\"deferred\":1E+100")))
                .isInstanceOf(EventFileException.class).hasMessageContaining("line " + (line + 1) + " was refused")
                .hasMessageContaining("deferred");
    }

    @Test
    void a_payment_against_the_rules_is_named() {
        int line = first("PaymentSucceeded");

        assertThatThrownBy(() -> replay(with(line, "\"amount\":", "\"amount\":-")))
                .isInstanceOf(EventFileException.class).hasMessageContaining("line " + (line + 1) + " was refused")
                .hasMessageContaining("amount");
    }

    @Test
    void finds_lines_behind_the_last_one() {
        List<String> more = new ArrayList<>(lines);
        more.add(lines.getFirst());

        assertThat(failed(more)).containsExactly("whole");
    }

    @Test
    void finds_that_the_file_breaks_off_between_two_lines() {
        ReplayReport report = replay(lines.subList(0, 300));

        assertThat(report.checks().getFirst().findings())
                .containsExactly("its last line, which says how many events there are, is missing");
        assertThat(failed(List.of())).contains("whole");
    }

    @Test
    void a_line_that_is_no_event_is_named() {
        int line = first("InvoiceCreated");

        assertThatThrownBy(() -> replay(with(line, "\"revision\":1", "\"revision\":\"x\"")))
                .isInstanceOf(EventFileException.class).hasMessageContaining("line " + (line + 1))
                .hasMessageContaining("$.revision");
    }

    @Test
    void an_event_against_the_rules_is_named() {
        int line = first("InvoiceCreated");

        assertThatThrownBy(() -> replay(with(line, "\"revision\":1", "\"revision\":0")))
                .isInstanceOf(EventFileException.class).hasMessageContaining("line " + (line + 1) + " was refused")
                .hasMessageContaining("revision");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 400})
    void a_file_that_breaks_off_inside_a_line_is_an_error(int bytes) throws IOException {
        String all = String.join("\n", lines);
        Path file = Files.writeString(folder.resolve("broken.jsonl"), all.substring(0, all.length() - bytes));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThat(run(out, "--replay=" + file)).isEqualTo(RevenueApp.UNUSABLE);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("is no event", "line 42", "--events");
    }

    @Test
    void a_difference_ends_the_program_with_1_and_is_printed() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> altered = with(first("RevenueDeferred"), "\"deferred\":1200.00", "\"deferred\":1200.01");

        assertThat(run(out, "--replay=" + file(altered))).isEqualTo(RevenueApp.WRONG);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("✘ equal", "deferred of 30001: rebuilt", "differs");
    }

    @Test
    void a_file_that_is_missing_is_an_error() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThat(run(out, "--replay=nowhere.jsonl")).isEqualTo(RevenueApp.UNUSABLE);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("'nowhere.jsonl' could not be read");
    }
}
