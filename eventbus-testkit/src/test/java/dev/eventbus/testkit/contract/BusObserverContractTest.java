/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.Signal;
import dev.eventbus.testkit.RecordedEvents;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BusObserverContractTest {
    /** Run by the tests below alone; each observer breaks one promise, or is declared wrongly. */
    static final class Observers {
        abstract static class Declared extends BusObserverContract {
            private final boolean scopes;
            @Nullable Scoped scoped;

            Declared(boolean scopes) {
                this.scopes = scopes;
            }

            @Override
            protected boolean opensScopes() {
                return scopes;
            }

            @Override
            protected @Nullable Object context() {
                return scoped == null ? null : scoped.get();
            }

            @Override
            protected Duration patience() {
                return Duration.ofSeconds(1);
            }
        }

        static final class HonoursNothing extends Declared {
            HonoursNothing() {
                super(false);
            }

            @Override
            protected BusObserver observer() {
                return new Nothing();
            }
        }

        static final class HonoursNothingWithScopes extends Declared {
            HonoursNothingWithScopes() {
                super(true);
            }

            @Override
            protected BusObserver observer() {
                return new Nothing();
            }
        }

        static final class ThrowsOnRejections extends Declared {
            ThrowsOnRejections() {
                super(false);
            }

            @Override
            protected BusObserver observer() {
                return signal -> {
                    if (signal instanceof Signal.Rejected) {
                        throw new UnsupportedOperationException();
                    }
                };
            }
        }

        static final class NeverReturnsFromTimeouts extends Declared {
            NeverReturnsFromTimeouts() {
                super(false);
            }

            @Override
            protected BusObserver observer() {
                return signal -> {
                    if (signal instanceof Signal.TimedOut) {
                        new Patience(Duration.ofMinutes(1)).await("nothing", new CountDownLatch(1));
                    }
                };
            }
        }

        static final class WantsOneThread extends Declared {
            WantsOneThread() {
                super(false);
            }

            @Override
            protected BusObserver observer() {
                Set<Thread> seen = new HashSet<>();
                return signal -> {
                    synchronized (seen) {
                        seen.add(Thread.currentThread());
                        if (seen.size() > 1) {
                            throw new IllegalStateException("another thread");
                        }
                    }
                };
            }
        }

        static final class ReturnsNoScope extends Declared {
            ReturnsNoScope() {
                super(false);
            }

            @Override
            protected BusObserver observer() {
                return new BusObserver() {
                    @Override
                    public void onSignal(Signal signal) {
                    }

                    @Override
                    @SuppressWarnings("NullAway") // that is the fault
                    public AttemptScope openScope(EventEnvelope<?> event, String subscription, int attempt) {
                        return null;
                    }
                };
            }
        }

        abstract static class WithScopes extends Declared {
            WithScopes(boolean declared) {
                super(declared);
            }

            abstract Scoped scoped();

            @Override
            protected BusObserver observer() {
                Scoped made = scoped();
                scoped = made;
                return made;
            }
        }

        static final class LeavesItThere extends WithScopes {
            LeavesItThere() {
                super(true);
            }

            @Override
            Scoped scoped() {
                return new Scoped() {
                    @Override
                    void restore(@Nullable String before) {
                    }
                };
            }
        }

        static final class ClearsInsteadOfPuttingBack extends WithScopes {
            ClearsInsteadOfPuttingBack() {
                super(true);
            }

            @Override
            Scoped scoped() {
                return new Scoped() {
                    @Override
                    void restore(@Nullable String before) {
                        set(null);
                    }
                };
            }
        }

        static final class SharesItAmongThreads extends WithScopes {
            SharesItAmongThreads() {
                super(true);
            }

            @Override
            Scoped scoped() {
                return new Scoped() {
                    private volatile @Nullable String shared;

                    @Override
                    @Nullable String get() {
                        return shared;
                    }

                    @Override
                    void set(@Nullable String value) {
                        shared = value;
                    }
                };
            }
        }

        static final class ThrowsAtTheEndOfScopes extends WithScopes {
            ThrowsAtTheEndOfScopes() {
                super(true);
            }

            @Override
            Scoped scoped() {
                return new Scoped() {
                    @Override
                    void restore(@Nullable String before) {
                        throw new IllegalStateException("planted");
                    }
                };
            }
        }

        static final class HasScopesAndDeclaresNone extends WithScopes {
            HasScopesAndDeclaresNone() {
                super(false);
            }

            @Override
            Scoped scoped() {
                return new Scoped();
            }
        }

        static final class HasScopesAsDeclared extends WithScopes {
            HasScopesAsDeclared() {
                super(true);
            }

            @Override
            Scoped scoped() {
                return new Scoped();
            }
        }

        static final class DeclaresScopesAndHasNone extends Declared {
            DeclaresScopesAndHasNone() {
                super(true);
            }

            @Override
            protected BusObserver observer() {
                return new RecordedEvents();
            }
        }
    }

    /** Throws, whatever it is told. */
    private static final class Nothing implements BusObserver {
        @Override
        public void onSignal(Signal signal) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AttemptScope openScope(EventEnvelope<?> event, String subscription, int attempt) {
            throw new UnsupportedOperationException();
        }
    }

    /** Keeps the attempt of each thread, as it should. */
    static class Scoped implements BusObserver {
        private final ThreadLocal<@Nullable String> current = new ThreadLocal<>();

        @Nullable String get() {
            return current.get();
        }

        void set(@Nullable String value) {
            current.set(value);
        }

        void restore(@Nullable String before) {
            set(before);
        }

        @Override
        public void onSignal(Signal signal) {
        }

        @Override
        public AttemptScope openScope(EventEnvelope<?> event, String subscription, int attempt) {
            String before = get();
            set(event.id() + "#" + attempt);
            return () -> restore(before);
        }
    }

    @Test
    void the_suite_tells_signals_of_every_kind() {
        SampleLetters letters = new SampleLetters(number -> number);

        assertThat(SampleSignals.about(letters.letter(1).event(), letters.letter(1))).extracting(Object::getClass)
                .containsAll(kinds(Signal.class).toList());
    }

    private static Stream<? extends Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(BusObserverContractTest::kinds)
                : Stream.of(type);
    }

    @Test
    void an_observer_that_honours_nothing_fails_every_case_and_none_is_skipped() {
        SuiteRun good = SuiteRun.of(RecordedEventsObserverContractTest.class);
        SuiteRun bad = SuiteRun.of(Observers.HonoursNothing.class);
        SuiteRun badWithScopes = SuiteRun.of(Observers.HonoursNothingWithScopes.class);

        assertThat(good.failures()).isEmpty();
        assertThat(good.skipped()).isEmpty();
        assertThat(good.cases()).hasSize(36).isEqualTo(SuiteRun.of(MdcObserverContractTest.class).cases());
        assertThat(bad.cases()).isEqualTo(good.cases());
        assertThat(bad.skipped()).isEmpty();
        assertThat(bad.failures()).isEqualTo(failuresOfNothing());
        assertThat(badWithScopes.skipped()).isEmpty();
        assertThat(badWithScopes.failures()).isEqualTo(bad.failures());
    }

    private static Map<String, String> failuresOfNothing() {
        String threw = " threw java.lang.UnsupportedOperationException";
        Map<String, String> failures = new HashMap<>();
        for (String scopes : List.of("changes the thread within the scope or not at all as declared",
                "opens a scope for every attempt of an event", "opens a scope or none as declared",
                "puts back the outer scope when the inner one closes",
                "scopes of two threads do not touch each other")) {
            failures.put(scopes, "openScope" + threw);
        }
        List<String> kinds = List.of("Published", "Unmatched", "Rejected", "Rejected", "AttemptFailed", "AttemptFailed",
                "RetryScheduled", "TimedOut", "SlowHandler", "SubscriptionStopped", "Handled", "Handled",
                "DeadLettered",
                "DeadLettered", "LetterEdited", "LetterDiscarded", "LetterExpired", "Ended", "Ended", "Ended", "Ended",
                "Ended",
                "Ended", "KeysForgotten", "CircuitChanged", "ShutdownBegun", "ShutdownEnded");
        for (int i = 0; i < kinds.size(); i++) {
            failures.put("takes signal " + (i + 1) + ", " + kinds.get(i), "taking a signal " + kinds.get(i) + threw);
        }
        failures.put("takes all signals of an event and takes them again", "taking all signals" + threw);
        failures.put("takes signals of several threads at once", "taking signals of 4 threads" + threw);
        failures.put("throws nothing on a bus with virtual threads", "[times that the observer threw on a bus]");
        failures.put("throws nothing on a synchronous bus", "[times that the observer threw on a bus]");
        return failures;
    }

    @Test
    void an_observer_with_one_fault_fails_the_cases_of_that_promise() {
        failsIn(Observers.ThrowsOnRejections.class,
                "takes all signals of an event and takes them again",
                "takes signal 3, Rejected",
                "takes signal 4, Rejected",
                "takes signals of several threads at once",
                "throws nothing on a bus with virtual threads",
                "throws nothing on a synchronous bus");
        failsIn(Observers.NeverReturnsFromTimeouts.class,
                "takes all signals of an event and takes them again",
                "takes signal 8, TimedOut",
                "takes signals of several threads at once");
        failsIn(Observers.WantsOneThread.class,
                "takes signals of several threads at once",
                "throws nothing on a bus with virtual threads");
        failsIn(Observers.ReturnsNoScope.class,
                "changes the thread within the scope or not at all as declared",
                "opens a scope for every attempt of an event",
                "opens a scope or none as declared",
                "puts back the outer scope when the inner one closes",
                "scopes of two threads do not touch each other",
                "throws nothing on a bus with virtual threads",
                "throws nothing on a synchronous bus");
        failsIn(Observers.LeavesItThere.class,
                "changes the thread within the scope or not at all as declared",
                "opens a scope for every attempt of an event",
                "puts back the outer scope when the inner one closes",
                "scopes of two threads do not touch each other");
        failsIn(Observers.ClearsInsteadOfPuttingBack.class,
                "puts back the outer scope when the inner one closes");
        failsIn(Observers.SharesItAmongThreads.class,
                "scopes of two threads do not touch each other");
        failsIn(Observers.ThrowsAtTheEndOfScopes.class,
                "changes the thread within the scope or not at all as declared",
                "opens a scope for every attempt of an event",
                "opens a scope or none as declared",
                "puts back the outer scope when the inner one closes",
                "scopes of two threads do not touch each other",
                "throws nothing on a bus with virtual threads",
                "throws nothing on a synchronous bus");
    }

    @Test
    void a_scope_that_throws_is_named() {
        assertThat(SuiteRun.of(Observers.ThrowsAtTheEndOfScopes.class).failures()).containsEntry(
                "opens a scope or none as declared",
                "a scope threw java.lang.IllegalStateException when it was closed");
    }

    private static void failsIn(Class<?> suite, String... cases) {
        assertThat(SuiteRun.of(suite).failures()).as(suite.getSimpleName()).containsOnlyKeys(cases);
    }

    @Test
    void a_declaration_is_believed_when_it_is_true_and_fails_its_cases_when_it_is_not() {
        Map<String, String> wrong = Map.of(
                "opens a scope or none as declared",
                "[what openScope returned, as opensScopes() declares]",
                "changes the thread within the scope or not at all as declared",
                "[whether context() differs within a scope, as opensScopes() declares]",
                "puts back the outer scope when the inner one closes",
                "[whether context() differs in the inner scope, as opensScopes() declares]");

        assertThat(SuiteRun.of(Observers.HasScopesAsDeclared.class).failures()).isEmpty();
        assertThat(SuiteRun.of(Observers.HasScopesAndDeclaresNone.class).failures()).isEqualTo(wrong);
        assertThat(SuiteRun.of(Observers.DeclaresScopesAndHasNone.class).failures()).isEqualTo(wrong);
    }
}
