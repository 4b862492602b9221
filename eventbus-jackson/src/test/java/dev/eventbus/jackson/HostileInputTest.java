/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventDecodeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Input that means harm ends as a typed failure, on every way in, soon and in little memory. */
@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostileInputTest {
    private static final long MEMORY = 64L << 20;
    private static final long NANOS = 1_000_000_000L;

    private final JacksonEventCodec codec = JacksonEventCodec.of(Samples.types());

    static Stream<Arguments> attacks() {
        String digits = "7".repeat(1_000_000);
        String keys = IntStream.range(0, 1_000_000).mapToObj(i -> "'k" + i + "':0").collect(Collectors.joining(","));
        String fewer = IntStream.range(0, 300_000).mapToObj(i -> "'k" + i + "':0").collect(Collectors.joining(","));
        return Stream.of(
                attack("depth of arrays", DecodeProblem.LIMIT, created("[".repeat(100_000) + "]".repeat(100_000))),
                attack("depth of objects", DecodeProblem.LIMIT,
                        created("{'a':".repeat(100_000) + "1" + "}".repeat(100_000))),
                attack("depth that is never closed", DecodeProblem.LIMIT, created("[".repeat(100_000))),
                attack("digits", DecodeProblem.LIMIT, amount(digits)),
                attack("digits of a fraction", DecodeProblem.LIMIT, amount("0." + digits)),
                attack("digits of an exponent", DecodeProblem.LIMIT, amount("1e" + digits)),
                attack("digits outside", DecodeProblem.LIMIT, event("'depth':" + digits, "{}")),
                attack("digits in a field that nobody reads", DecodeProblem.LIMIT,
                        event("'depth':0,'x':" + digits, "{}")),
                attack("a great exponent for a whole number", null, huge("1e999999999")),
                attack("keys", DecodeProblem.LIMIT, created("{" + keys + "}")),
                attack("fewer keys", DecodeProblem.LIMIT, created("{" + fewer + "}")),
                attack("a long name", DecodeProblem.LIMIT, created("{'" + "n".repeat(1_000_000) + "':1}")),
                attack("a name that occurs twice outside", DecodeProblem.DUPLICATE_FIELD,
                        event("'depth':0,'depth':1", "{}")),
                attack("a name that occurs twice inside", DecodeProblem.DUPLICATE_FIELD,
                        created("{'invoiceId':'I','invoiceId':'J','amount':1,'currency':'E'}")),
                attack("a name that occurs twice, escaped", DecodeProblem.DUPLICATE_FIELD,
                        created("{'invoiceId':'I','invoice\\u0049d':'J','amount':1,'currency':'E'}")),
                attack("something behind", DecodeProblem.MALFORMED, created("{}") + "{}"),
                attack("a bracket behind", DecodeProblem.MALFORMED, created("{}") + "]"),
                attack("a comment", DecodeProblem.MALFORMED, created("{/* */}")),
                attack("no number", DecodeProblem.MALFORMED, amount("NaN")),
                attack("a zero in front", DecodeProblem.MALFORMED, amount("007")),
                attack("an end too soon", DecodeProblem.MALFORMED, "{'id':'" + Samples.ID),
                attack("nothing", DecodeProblem.MALFORMED, ""),
                attack("a space", DecodeProblem.MALFORMED, " "),
                attack("an array", DecodeProblem.WRONG_TYPE, "[]"),
                attack("a byte order mark", DecodeProblem.MALFORMED, "\uFEFF{}"));
    }

    private static Arguments attack(String name, DecodeProblem problem, String json) {
        return Arguments.of(name, problem, new Json(json.replace('\'', '"')));
    }

    private record Json(String text) {
        @Override
        public String toString() {
            return text.length() + " characters";
        }
    }

    private static String created(String payload) {
        return event("'depth':0", payload);
    }

    private static String amount(String number) {
        return created("{'invoiceId':'I','amount':" + number + ",'currency':'E'}");
    }

    private static String huge(String number) {
        return created("{'huge':" + number + "}").replace("invoice.created", "everything").replace("version':3",
                "version':1");
    }

    private static String event(String more, String payload) {
        return "{'id':'" + Samples.ID + "','type':'invoice.created','version':3,'timestamp':'2026-01-31T09:30:00Z',"
                + "'correlationId':'c'," + more + ",'payload':" + payload + "}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void it_is_refused_on_every_way_in(String name, DecodeProblem problem, Json json) {
        byte[] data = json.text().getBytes(StandardCharsets.UTF_8);

        List<Throwable> thrown = List.of(
                inBounds(() -> codec.decodeAll(data)),
                inBounds(() -> codec.decodeAll(new ByteArrayInputStream(data))),
                inBounds(() -> codec.decodeAll(new StringReader(json.text()))));

        assertThat(thrown)
                .allSatisfy(one -> assertThat(one).isInstanceOfSatisfying(EventDecodeException.class, failure -> {
                    assertThat(failure.problem()).isEqualTo(problem == null ? failure.problem() : problem);
                    assertThat(String.valueOf(failure.getMessage())).hasSizeLessThan(1_700);
                }));
        assertThat(thrown).extracting(one -> ((EventDecodeException) one).text()).containsOnly(
                ((EventDecodeException) thrown.getFirst()).text());
    }

    @Test
    @Rule("J-4")
    void a_string_without_end_is_cut() {
        EventDecodeException ofStream = (EventDecodeException) inBounds(() -> codec.decodeAll(new InputStream() {
            private int read;

            @Override
            public int read() {
                return read++ == 0 ? '"' : read > 100_000_000 ? -1 : 'a';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                Arrays.fill(into, offset, offset + length, (byte) 'a');
                read += length;
                return length;
            }
        }));
        EventDecodeException ofReader = (EventDecodeException) inBounds(() -> codec.decodeAll(new Reader() {
            @Override
            public int read(char[] into, int offset, int length) {
                Arrays.fill(into, offset, offset + length, 'a');
                return length;
            }

            @Override
            public void close() {
            }
        }));
        byte[] whole = new byte[100_000_000];
        EventDecodeException ofBytes = (EventDecodeException) inBounds(() -> codec.decodeAll(whole));

        assertThat(List.of(ofStream, ofReader, ofBytes)).allSatisfy(thrown -> {
            assertThat(thrown.problem()).isEqualTo(DecodeProblem.LIMIT);
            assertThat(thrown.isTruncated()).isTrue();
            assertThat(thrown.raw()).hasSize(64 << 10);
        });
    }

    @Test
    void what_is_no_utf_8_is_refused() {
        for (byte[] data : List.of("{\"id\":1}".getBytes(StandardCharsets.UTF_16LE),
                "{}".getBytes(StandardCharsets.UTF_16BE),
                "{}".getBytes(StandardCharsets.UTF_16),
                new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'})) {
            assertThat(inBounds(() -> codec.decodeAll(data))).isInstanceOfSatisfying(EventDecodeException.class,
                    thrown -> assertThat(thrown.problem()).isEqualTo(DecodeProblem.MALFORMED));
        }
        assertThat(inBounds(() -> codec.decodeAll(new StringReader("{\"\uD83D\":1}"))))
                .isInstanceOf(EventDecodeException.class).hasMessageContaining("whole characters");
    }

    @Test
    void what_takes_too_much_is_noticed() {
        assertThat(catchThrowable(() -> inBounds(() -> {
            byte[][] much = new byte[65][1 << 20];
            throw new IllegalStateException("x" + much.length);
        }))).isInstanceOf(AssertionError.class);
    }

    @Test
    void attributes_are_as_many_as_a_publisher_may_set() {
        String many = IntStream.range(0, 65).mapToObj(i -> "'a" + i + "':''")
                .collect(Collectors.joining(",", "{", "}"));

        assertThat(inBounds(() -> codec.decodeAll(Samples.quoted(event("'depth':0,'attributes':" + many, "{}")))))
                .isInstanceOf(EventDecodeException.class).hasMessageContaining("$.attributes: must be at most 64");
        assertThat(Map.of()).isEmpty();
    }

    private interface Call {
        void run() throws IOException;
    }

    /** Returns what a call threw; all memory that it took counts, given back or not. */
    private static Throwable inBounds(Call call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long start = threads.getCurrentThreadCpuTime();
        Throwable thrown = catchThrowable(call::run);
        assertThat(threads.getCurrentThreadAllocatedBytes() - bytes).as("bytes").isLessThan(MEMORY);
        assertThat(threads.getCurrentThreadCpuTime() - start).as("nanoseconds").isLessThan(NANOS);
        assertThat(thrown).isNotNull();
        return thrown;
    }
}
