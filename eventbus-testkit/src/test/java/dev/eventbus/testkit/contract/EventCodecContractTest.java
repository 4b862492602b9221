/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.spi.DecodeFinding;
import dev.eventbus.spi.DecodeProblem;
import dev.eventbus.spi.EventCodec;
import dev.eventbus.spi.EventDecodeException;
import dev.eventbus.spi.EventEncodeException;
import dev.eventbus.testkit.contract.LinesCodec.Memo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EventCodecContractTest {
    private static final Map<String, String> FAILURES_OF_NOTHING = Map.ofEntries(
            entry("ends with an event or a refusal whatever byte is changed",
                    "[events read from bytes]"),
            entry("gives an event back whole",
                    "[events read from bytes]"),
            entry("gives back what is missing as missing",
                    "[events read from bytes]"),
            entry("keeps attributes whatever they are called",
                    "[events read from bytes]"),
            entry("keeps halves of pairs or refuses them as declared",
                    "[events read from bytes]"),
            entry("keeps keys with their types",
                    "[events read from bytes]"),
            entry("keeps no array that it was given or has returned",
                    "[events read from bytes]"),
            entry("keeps texts of any characters",
                    "[events read from bytes]"),
            entry("keeps times to the nanosecond",
                    "[events read from bytes]"),
            entry("keeps very long texts",
                    "[events read from bytes]"),
            entry("leaves streams and readers open",
                    "[whether the stream was closed]"),
            entry("lets failures of streams and readers through",
                    "[what a failing stream leads to]"),
            entry("names its format",
                    "[media type]"),
            entry("reads bytes streams and readers alike",
                    "[events read from bytes]"),
            entry("refuses a field that occurs twice",
                    "[whether spoil(DUPLICATE_FIELD) left the event as it was]"),
            entry("refuses a missing field",
                    "[whether spoil(MISSING_FIELD) left the event as it was]"),
            entry("refuses a value of another type",
                    "[whether spoil(WRONG_TYPE) left the event as it was]"),
            entry("refuses an unknown type",
                    "[whether spoil(UNKNOWN_TYPE) left the event as it was]"),
            entry("refuses an unknown version",
                    "[whether spoil(UNKNOWN_VERSION) left the event as it was]"),
            entry("refuses empty input",
                    "[whether empty input is refused when it comes from bytes]"),
            entry("refuses garbage",
                    "[whether garbage is refused when it comes from bytes]"),
            entry("refuses input that is cut off anywhere",
                    "[whether an event cut off after 1 of 3 characters is refused when it comes from bytes]"),
            entry("refuses or ignores an unknown field as declared",
                    "[whether spoil(UNKNOWN_FIELD) left the event as it was]"),
            entry("refuses what follows an event",
                    "[whether an event followed by something is refused when it comes from bytes]"),
            entry("refuses what is longer than its bound and reads no more of it",
                    "[problem of an event that is too long from bytes]"),
            entry("serves several threads at once",
                    "[events that came back to each thread]"),
            entry("writes equal events as the same bytes",
                    "[events read from bytes]"),
            entry("writes nothing of an event whose type it does not know",
                    "[refusal of an event of an unknown type]"),
            entry("writes nothing that it would not read",
                    "[events read from bytes]"),
            entry("writes to a stream what it returns and leaves it open",
                    "[events read from bytes]"));

    /** Run by the tests below alone; each codec breaks one promise, or is declared wrongly. */
    static final class Codecs {
        static final class HonoursNothing extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new NoCodec();
            }
        }

        static final class CutsTimes extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    Instant time(String text) {
                        Instant time = Instant.parse(text);
                        // the other cases shall not see it
                        return time.equals(AT) ? time : time.truncatedTo(ChronoUnit.MICROS);
                    }
                };
            }
        }

        static final class TakesSmallNumbersForInts extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    Object key(String text) {
                        Object key = super.key(text);
                        return key instanceof Long number && number == 1 ? (Object) 1 : key;
                    }
                };
            }
        }

        static final class LosesEmptyAttributes extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    Map<String, String> attributes(Metadata event) {
                        Map<String, String> attributes = super.attributes(event);
                        attributes.values().removeIf(String::isEmpty);
                        return attributes;
                    }
                };
            }
        }

        static final class InventsTexts extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    Object payload(Map<String, String> fields) {
                        Memo memo = (Memo) super.payload(fields);
                        return memo.text() == null ? new Memo("", memo.number()) : memo;
                    }
                };
            }
        }

        static final class TrimsTexts extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    String text(Metadata event, Memo memo) {
                        return super.text(event, memo.text() == null
                                ? memo
                                : new Memo(memo.text().strip(),
                                        memo.number()));
                    }
                };
            }
        }

        static final class CutsTexts extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    String text(Metadata event, Memo memo) {
                        boolean cut = memo.text() != null && memo.text().length() > 15_000;
                        return super.text(event, cut ? new Memo(memo.text().substring(0, 9), memo.number()) : memo);
                    }
                };
            }
        }

        static final class WritesAlternately extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                AtomicBoolean turned = new AtomicBoolean();
                return new LinesCodec() {
                    @Override
                    Map<String, String> attributes(Metadata event) {
                        Map<String, String> attributes = super.attributes(event);
                        boolean turn = event.attributes().size() == 20 && turned.getAndSet(!turned.get());
                        return turn ? new TreeMap<>(attributes).descendingMap() : attributes;
                    }
                };
            }
        }

        static final class WritesWithoutBound extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    public byte[] encode(EventEnvelope<?> event) {
                        return event.payload() instanceof Memo memo
                                ? text(event.metadata(), memo).getBytes(StandardCharsets.UTF_8)
                                : super.encode(event);
                    }
                };
            }
        }

        static final class WritesBeforeItKnows extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    public void encode(EventEnvelope<?> event, OutputStream out) throws IOException {
                        out.write('i');
                        byte[] data = encode(event);
                        out.write(data, 1, data.length - 1);
                    }
                };
            }
        }

        static final class ClosesWhatItWritesTo extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    public void encode(EventEnvelope<?> event, OutputStream out) throws IOException {
                        try (out) {
                            out.write(encode(event));
                        }
                    }
                };
            }
        }

        static final class ClosesWhatItReads extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    public List<EventEnvelope<?>> decodeAll(Reader in) throws IOException {
                        try (in) {
                            return super.decodeAll(in);
                        }
                    }
                };
            }
        }

        static final class TakesOnePieceOfAStream extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    public List<EventEnvelope<?>> decodeAll(InputStream in) throws IOException {
                        byte[] data = new byte[MAX_BYTES + 1];
                        return decodeAll(Arrays.copyOf(data, Math.max(0, in.read(data))));
                    }
                };
            }
        }

        static final class TakesAFailureForTheEnd extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    public List<EventEnvelope<?>> decodeAll(InputStream in) {
                        try {
                            return super.decodeAll(in);
                        } catch (IOException failure) {
                            throw new UncheckedIOException(failure);
                        }
                    }
                };
            }
        }

        static final class KeepsWhatItWrote extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                Map<Object, byte[]> written = new HashMap<>();
                return new LinesCodec() {
                    @Override
                    public synchronized byte[] encode(EventEnvelope<?> event) {
                        return written.computeIfAbsent(event, key -> super.encode(event));
                    }
                };
            }
        }

        static final class ReadsOtherwiseFromReaders extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    public List<EventEnvelope<?>> decodeAll(Reader in) throws IOException {
                        try {
                            return super.decodeAll(in);
                        } catch (EventDecodeException refusal) {
                            throw new EventDecodeException(new DecodeFinding(refusal.problem(), "$.text", "must be it"),
                                    refusal.eventId(), refusal.raw(), refusal.isTruncated(), null);
                        }
                    }
                };
            }
        }

        static final class BelievesAnyType extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return believing(DecodeProblem.UNKNOWN_TYPE);
            }
        }

        static final class BelievesAnyVersion extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return believing(DecodeProblem.UNKNOWN_VERSION);
            }
        }

        static final class InventsWhatIsMissing extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    Object payload(Map<String, String> fields) {
                        fields.putIfAbsent("number", "7");
                        return super.payload(fields);
                    }
                };
            }
        }

        static final class ConvertsWhatIsWrong extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    Integer number(String text) {
                        return text.equals("seven") ? 7 : super.number(text);
                    }
                };
            }
        }

        static final class TakesTheLastOfTwo extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    void twice(String name) {
                        // as many readers do
                    }
                };
            }
        }

        static class IgnoresMore extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    void unknown(String name) {
                        if (!name.equals("more")) {
                            super.unknown(name);
                        }
                    }
                };
            }
        }

        static final class IgnoresMoreAsDeclared extends IgnoresMore {
            @Override
            protected boolean ignoresUnknownFields() {
                return true;
            }
        }

        static final class RefusesWhatItDeclaresToIgnore extends LinesCodecContractTest {
            @Override
            protected boolean ignoresUnknownFields() {
                return true;
            }
        }

        static class RefusesHalves extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    public byte[] encode(EventEnvelope<?> event) {
                        if (event.payload() instanceof Memo memo && memo.text() != null
                                && !StandardCharsets.UTF_8.newEncoder().canEncode(memo.text())) {
                            throw new EventEncodeException(event.metadata(), "is no text", null);
                        }
                        return super.encode(event);
                    }
                };
            }
        }

        static final class RefusesHalvesAsDeclared extends RefusesHalves {
            @Override
            protected boolean keepsHalvesOfPairs() {
                return false;
            }
        }

        static final class KeepsHalvesThatItDeclaresToRefuse extends LinesCodecContractTest {
            @Override
            protected boolean keepsHalvesOfPairs() {
                return false;
            }
        }

        static final class TakesNothingForNoEvents extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    public List<EventEnvelope<?>> decodeAll(byte[] data) {
                        return data.length == 0 ? List.of() : super.decodeAll(data);
                    }
                };
            }
        }

        static final class NeedsNoEnd extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    void ends(String rest) {
                        if (!"end".startsWith(rest)) {
                            super.ends(rest);
                        }
                    }
                };
            }
        }

        static final class LooksAtTheFirstEventAlone extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    void ends(String rest) {
                        if (!rest.startsWith("end")) {
                            super.ends(rest);
                        }
                    }
                };
            }
        }

        static final class ThrowsWhatComes extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    Instant time(String text) {
                        try {
                            return super.time(text);
                        } catch (java.time.DateTimeException malformed) {
                            throw new IllegalStateException(malformed);
                        }
                    }
                };
            }
        }

        static final class ReadsWithoutBound extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    public List<EventEnvelope<?>> decodeAll(InputStream in) throws IOException {
                        return decodeAll(in.readNBytes(10 * MAX_BYTES));
                    }
                };
            }
        }

        static final class TellsNoId extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return new LinesCodec() {
                    @Override
                    UUID id(Map<String, String> fields) {
                        return null;
                    }
                };
            }
        }

        static final class TellsNoPath extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return refusing((finding, id, data) -> new EventDecodeException(
                        new DecodeFinding(finding.problem(), "$", finding.text()), id, data, false, null));
            }
        }

        static final class KeepsNoBytes extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return refusing((finding, id, data) -> new EventDecodeException(finding, id, new byte[0], false, null));
            }
        }

        static final class QuotesTheInput extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                return refusing((finding, id, data) -> new EventDecodeException(new DecodeFinding(finding.problem(),
                        finding.path(), new String(data, StandardCharsets.UTF_8)), id, data, false, null));
            }
        }

        static final class SharesOneEvent extends LinesCodecContractTest {
            @Override
            protected EventCodec codec() {
                Thread test = Thread.currentThread();
                CyclicBarrier two = new CyclicBarrier(2);
                AtomicInteger calls = new AtomicInteger();
                return new LinesCodec() {
                    private volatile EventEnvelope<?> current;

                    @Override
                    public byte[] encode(EventEnvelope<?> event) {
                        current = event;
                        if (Thread.currentThread() != test && calls.getAndIncrement() < 2) {
                            meet(two);
                        }
                        return super.encode(current);
                    }
                };
            }
        }

        private static void meet(CyclicBarrier two) {
            try {
                int unused = two.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
                throw new IllegalStateException(alone);
            }
        }

        private static EventCodec believing(DecodeProblem anything) {
            return new LinesCodec() {
                @Override
                void check(Map<String, String> fields, String name, java.util.function.Predicate<String> known,
                        DecodeProblem problem) {
                    super.check(fields, name, problem == anything ? text -> !text.isEmpty() : known, problem);
                }
            };
        }

        /** Says something else of what is wrong. */
        private interface Refusing {
            EventDecodeException of(DecodeFinding finding, UUID id, byte[] data);
        }

        private static EventCodec refusing(Refusing how) {
            return new LinesCodec() {
                @Override
                EventDecodeException refusal(DecodeFinding finding, UUID id, byte[] data) {
                    return how.of(finding, id, data);
                }
            };
        }
    }

    /** Keeps no promise at all. */
    private static final class NoCodec implements EventCodec {
        @Override
        public String contentType() {
            return "";
        }

        @Override
        public byte[] encode(EventEnvelope<?> event) {
            return new byte[] {'x', 'y', 'z'};
        }

        @Override
        public List<EventEnvelope<?>> decodeAll(byte[] data) {
            return List.of();
        }

        @Override
        public List<EventEnvelope<?>> decodeAll(InputStream in) throws IOException {
            in.close();
            return List.of();
        }

        @Override
        public List<EventEnvelope<?>> decodeAll(Reader in) throws IOException {
            in.close();
            return List.of();
        }
    }

    @Test
    void a_codec_that_honours_nothing_fails_every_case_and_none_is_skipped() {
        SuiteRun good = SuiteRun.of(LinesCodecContractTest.class);
        SuiteRun bad = SuiteRun.of(Codecs.HonoursNothing.class);

        assertThat(good.failures()).isEmpty();
        assertThat(good.cases()).hasSize(30);
        assertThat(good.skipped()).isEmpty();
        assertThat(bad.cases()).isEqualTo(good.cases());
        assertThat(bad.skipped()).isEmpty();
        assertThat(bad.failures()).isEqualTo(FAILURES_OF_NOTHING);
    }

    @Test
    void a_codec_with_one_fault_fails_the_cases_of_that_promise() {
        failsIn(Codecs.CutsTimes.class,
                "keeps times to the nanosecond");
        failsIn(Codecs.TakesSmallNumbersForInts.class,
                "keeps keys with their types");
        failsIn(Codecs.LosesEmptyAttributes.class,
                "keeps attributes whatever they are called");
        failsIn(Codecs.InventsTexts.class,
                "gives back what is missing as missing",
                "reads bytes streams and readers alike");
        failsIn(Codecs.TrimsTexts.class,
                "keeps texts of any characters");
        failsIn(Codecs.CutsTexts.class,
                "keeps very long texts",
                "writes nothing that it would not read");
        failsIn(Codecs.WritesAlternately.class,
                "writes equal events as the same bytes");
        failsIn(Codecs.WritesWithoutBound.class,
                "writes nothing that it would not read");
        failsIn(Codecs.WritesBeforeItKnows.class,
                "writes nothing of an event whose type it does not know");
        failsIn(Codecs.ClosesWhatItWritesTo.class,
                "writes to a stream what it returns and leaves it open");
        failsIn(Codecs.ClosesWhatItReads.class,
                "leaves streams and readers open");
        failsIn(Codecs.TakesOnePieceOfAStream.class,
                "leaves streams and readers open",
                "lets failures of streams and readers through",
                "reads bytes streams and readers alike");
        failsIn(Codecs.TakesAFailureForTheEnd.class,
                "lets failures of streams and readers through");
        failsIn(Codecs.KeepsWhatItWrote.class,
                "keeps no array that it was given or has returned");
        failsIn(Codecs.ReadsOtherwiseFromReaders.class,
                "leaves streams and readers open",
                "refuses a field that occurs twice",
                "refuses a missing field",
                "refuses a value of another type",
                "refuses an unknown type",
                "refuses an unknown version",
                "refuses empty input",
                "refuses garbage",
                "refuses input that is cut off anywhere",
                "refuses or ignores an unknown field as declared",
                "refuses what follows an event",
                "refuses what is longer than its bound and reads no more of it");
        failsIn(Codecs.BelievesAnyType.class,
                "refuses an unknown type");
        failsIn(Codecs.BelievesAnyVersion.class,
                "refuses an unknown version");
        failsIn(Codecs.InventsWhatIsMissing.class,
                "refuses a missing field");
        failsIn(Codecs.ConvertsWhatIsWrong.class,
                "refuses a value of another type");
        failsIn(Codecs.TakesTheLastOfTwo.class,
                "refuses a field that occurs twice");
        failsIn(Codecs.TakesNothingForNoEvents.class,
                "refuses empty input");
        failsIn(Codecs.NeedsNoEnd.class,
                "keeps no array that it was given or has returned",
                "refuses empty input",
                "refuses input that is cut off anywhere");
        failsIn(Codecs.LooksAtTheFirstEventAlone.class,
                "refuses what follows an event");
        failsIn(Codecs.ThrowsWhatComes.class,
                "ends with an event or a refusal whatever byte is changed");
        failsIn(Codecs.ReadsWithoutBound.class,
                "refuses what is longer than its bound and reads no more of it");
        failsIn(Codecs.TellsNoId.class,
                "refuses a missing field",
                "refuses a value of another type",
                "refuses an unknown type",
                "refuses an unknown version",
                "refuses or ignores an unknown field as declared");
        failsIn(Codecs.TellsNoPath.class,
                "refuses a field that occurs twice",
                "refuses a missing field",
                "refuses a value of another type",
                "refuses an unknown type",
                "refuses an unknown version",
                "refuses or ignores an unknown field as declared");
        failsIn(Codecs.KeepsNoBytes.class,
                "keeps no array that it was given or has returned",
                "refuses a field that occurs twice",
                "refuses a missing field",
                "refuses a value of another type",
                "refuses an unknown type",
                "refuses an unknown version",
                "refuses garbage",
                "refuses input that is cut off anywhere",
                "refuses or ignores an unknown field as declared",
                "refuses what follows an event");
        failsIn(Codecs.QuotesTheInput.class,
                "refuses a field that occurs twice",
                "refuses a missing field",
                "refuses a value of another type",
                "refuses an unknown type",
                "refuses an unknown version",
                "refuses empty input",
                "refuses input that is cut off anywhere",
                "refuses or ignores an unknown field as declared",
                "refuses what follows an event");
        failsIn(Codecs.SharesOneEvent.class,
                "serves several threads at once");
    }

    @Test
    void a_declaration_is_believed_when_it_is_true_and_fails_its_case_when_it_is_not() {
        failsIn(Codecs.RefusesHalvesAsDeclared.class);
        failsIn(Codecs.IgnoresMoreAsDeclared.class);
        failsIn(Codecs.RefusesHalves.class, "keeps halves of pairs or refuses them as declared");
        failsIn(Codecs.KeepsHalvesThatItDeclaresToRefuse.class, "keeps halves of pairs or refuses them as declared");
        failsIn(Codecs.IgnoresMore.class, "refuses or ignores an unknown field as declared");
        failsIn(Codecs.RefusesWhatItDeclaresToIgnore.class, "refuses or ignores an unknown field as declared");
    }

    private static void failsIn(Class<?> suite, String... cases) {
        assertThat(SuiteRun.of(suite).failures().keySet()).as(suite.getSimpleName()).containsExactlyInAnyOrder(cases);
    }
}
