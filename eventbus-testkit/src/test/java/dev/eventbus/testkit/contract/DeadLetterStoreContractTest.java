/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterStore;
import java.time.Duration;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeadLetterStoreContractTest {
    private static final Map<String, String> FAILURES_OF_NOTHING = Map.ofEntries(
            entry("a predicate that throws harms its caller only",
                    "[what find throws when a predicate does]"),
            entry("asks a predicate without a lock",
                    "[letters for which the predicate holds]"),
            entry("does not replace what is not there",
                    "[whether a letter was replaced that is not there]"),
            entry("finds a replaced letter by what it says now",
                    "[letters of its new reason]"),
            entry("finds at most the limit the oldest first",
                    "[at most 2 letters]"),
            entry("finds letters by each property",
                    "[letters of one id]"),
            entry("finds letters in the order in which they came",
                    "[letters, oldest first]"),
            entry("finds letters that fulfil every condition",
                    "[letters that fulfil three conditions]"),
            entry("forgets a letter for one of several threads",
                    "[successful removals of 5 letters by 4 threads at once]"),
            entry("forgets a letter once",
                    "[whether it was removed again]"),
            entry("gives each letter back whole",
                    "[letters found]"),
            entry("gives the same object back or another one as declared",
                    "[the letter read by id]"),
            entry("has room again when a letter was removed",
                    "[letters, the new one last]"),
            entry("is empty at first",
                    "[size of a new store]"),
            entry("keeps its letters over a restart or not as declared",
                    "[letters before the restart]"),
            entry("never holds more than its capacity when threads add at once",
                    "[letters taken from 4 threads at once]"),
            entry("refuses a letter when full and stays as it was",
                    "[whether a full store took a letter]"),
            entry("replaces a letter in its place even when full",
                    "[letters in the order of their first versions]"),
            entry("tells its capacity",
                    "[capacity]"),
            entry("what it has found does not change afterwards",
                    "[letters found before]"));

    /** Run by the tests below alone; each store breaks one promise, or is declared wrongly. */
    static final class Stores {
        abstract static class Declared extends DeadLetterStoreContract {
            @Override
            protected boolean isDurable() {
                return false;
            }

            @Override
            protected boolean keepsInstances() {
                return true;
            }

            @Override
            protected Duration patience() {
                return Duration.ofSeconds(1);
            }
        }

        static final class HonoursNothing extends Declared {
            @Override
            protected DeadLetterStore store(int capacity) {
                return new NoStore();
            }
        }

        static final class PushesTheOldestOut extends Declared {
            @Override
            protected DeadLetterStore store(int capacity) {
                return new ShippedStore(capacity, 1) {
                    @Override
                    public synchronized boolean add(DeadLetter letter) {
                        if (size() == capacity) {
                            remove(find(DeadLetterQuery.all().limit(1)).get(0).id());
                        }
                        return super.add(letter);
                    }
                };
            }
        }

        static final class ForgetsTheLimit extends Declared {
            @Override
            protected DeadLetterStore store(int capacity) {
                return new ShippedStore(capacity, 1) {
                    @Override
                    public List<DeadLetter> find(DeadLetterQuery query) {
                        return super.find(DeadLetterQuery.all()).stream().filter(query::matches).toList();
                    }
                };
            }
        }

        static final class LimitsBeforeItLooks extends Declared {
            @Override
            protected DeadLetterStore store(int capacity) {
                return new ShippedStore(capacity, 1) {
                    @Override
                    public List<DeadLetter> find(DeadLetterQuery query) {
                        return super.find(DeadLetterQuery.all()).stream().limit(query.limit()).filter(query::matches)
                                .toList();
                    }
                };
            }
        }

        static final class AsksNoPredicate extends Declared {
            @Override
            protected DeadLetterStore store(int capacity) {
                return new ShippedStore(capacity, 1) {
                    @Override
                    public List<DeadLetter> find(DeadLetterQuery query) {
                        return super.find(plain(query));
                    }
                };
            }
        }

        static final class FindsTheNewestFirst extends Declared {
            @Override
            protected DeadLetterStore store(int capacity) {
                return new ShippedStore(capacity, 1) {
                    @Override
                    public List<DeadLetter> find(DeadLetterQuery query) {
                        return super.find(query).reversed();
                    }
                };
            }
        }

        static final class ReturnsItsOwnList extends Declared {
            @Override
            protected DeadLetterStore store(int capacity) {
                return new ShippedStore(capacity, 1) {
                    @Override
                    public List<DeadLetter> find(DeadLetterQuery query) {
                        boolean unused = super.find(query).isEmpty();
                        return new Live(() -> super.find(query));
                    }
                };
            }
        }

        static final class ReplacesAtTheEnd extends Declared {
            @Override
            protected DeadLetterStore store(int capacity) {
                return new ShippedStore(capacity, 1) {
                    @Override
                    public boolean replace(DeadLetter letter) {
                        return remove(letter.id()) && add(letter);
                    }
                };
            }
        }

        static final class ReplacesWhatIsNotThere extends Declared {
            @Override
            protected DeadLetterStore store(int capacity) {
                return new ShippedStore(capacity, 1) {
                    @Override
                    public boolean replace(DeadLetter letter) {
                        return super.replace(letter) || add(letter);
                    }
                };
            }
        }

        static final class FindsByWhatWasSaidFirst extends Declared {
            @Override
            protected DeadLetterStore store(int capacity) {
                Map<UUID, DeadLetter> first = new HashMap<>();
                return new ShippedStore(capacity, 1) {
                    @Override
                    public boolean replace(DeadLetter letter) {
                        get(letter.id()).ifPresent(before -> first.put(letter.id(), before));
                        return super.replace(letter);
                    }

                    @Override
                    public List<DeadLetter> find(DeadLetterQuery query) {
                        return super.find(DeadLetterQuery.all()).stream()
                                .filter(letter -> query.matches(first.getOrDefault(letter.id(), letter)))
                                .limit(query.limit()).toList();
                    }
                };
            }
        }

        static final class SaysTwiceThatItHasForgotten extends Declared {
            @Override
            protected DeadLetterStore store(int capacity) {
                return new ShippedStore(capacity, 1) {
                    @Override
                    public boolean remove(UUID id) {
                        boolean unused = super.remove(id);
                        return true;
                    }
                };
            }
        }

        static final class AsksPredicatesUnderALock extends Declared {
            @Override
            protected DeadLetterStore store(int capacity) {
                return new ShippedStore(capacity, 1) {
                    @Override
                    public synchronized List<DeadLetter> find(DeadLetterQuery query) {
                        return super.find(query);
                    }

                    @Override
                    public synchronized boolean replace(DeadLetter letter) {
                        return super.replace(letter);
                    }
                };
            }
        }

        static final class SwallowsFailuresOfPredicates extends Declared {
            @Override
            protected DeadLetterStore store(int capacity) {
                return new ShippedStore(capacity, 1) {
                    @Override
                    public List<DeadLetter> find(DeadLetterQuery query) {
                        try {
                            return super.find(query);
                        } catch (RuntimeException swallowed) {
                            return List.of();
                        }
                    }
                };
            }
        }

        static final class LosesTheKey extends Declared {
            @Override
            protected DeadLetterStore store(int capacity) {
                return new ShippedStore(capacity, 1) {
                    @Override
                    public boolean add(DeadLetter letter) {
                        return super.add(new DeadLetter(letter.id(), letter.event(), letter.subscription(),
                                letter.reason(), letter.attempts(), null, letter.at(), letter.sequenced(),
                                letter.edits()));
                    }
                };
            }
        }

        static final class LosesTheEdits extends Declared {
            @Override
            protected DeadLetterStore store(int capacity) {
                return new ShippedStore(capacity, 1) {
                    @Override
                    public boolean add(DeadLetter letter) {
                        return super.add(letter.edits().isEmpty()
                                ? letter
                                : new DeadLetter(letter.id(), letter.event(), letter.subscription(),
                                        letter.reason(), letter.attempts(), letter.key(), letter.at()));
                    }
                };
            }
        }

        static final class ForgetsTheFingerprint extends Declared {
            @Override
            protected DeadLetterStore store(int capacity) {
                return new ShippedStore(capacity, 1) {
                    @Override
                    public List<DeadLetter> find(DeadLetterQuery query) {
                        return query.fingerprint().isPresent() ? super.find(DeadLetterQuery.all()) : super.find(query);
                    }
                };
            }
        }

        static class Copies extends Declared {
            @Override
            protected DeadLetterStore store(int capacity) {
                return new ShippedStore(capacity, 1) {
                    @Override
                    public Optional<DeadLetter> get(UUID id) {
                        return super.get(id).map(Stores::copy);
                    }
                };
            }
        }

        static final class CopiesAsDeclared extends Copies {
            @Override
            protected boolean keepsInstances() {
                return false;
            }
        }

        static class Outlives extends Declared {
            @Override
            protected DeadLetterStore store(int capacity) {
                return DeadLetterStore.inMemory(capacity);
            }

            @Override
            protected DeadLetterStore reopen(DeadLetterStore before, int capacity) {
                return before;
            }
        }

        static final class OutlivesAsDeclared extends Outlives {
            @Override
            protected boolean isDurable() {
                return true;
            }
        }

        static final class ForgetsWhatItDeclaresDurable extends Declared {
            @Override
            protected DeadLetterStore store(int capacity) {
                return DeadLetterStore.inMemory(capacity);
            }

            @Override
            protected boolean isDurable() {
                return true;
            }
        }

        static DeadLetter copy(DeadLetter letter) {
            return new DeadLetter(letter.id(), letter.event(), letter.subscription(), letter.reason(),
                    letter.attempts(),
                    letter.key(), letter.at(), letter.sequenced(), letter.edits());
        }

        static DeadLetterQuery plain(DeadLetterQuery query) {
            DeadLetterQuery plain = DeadLetterQuery.all().limit(query.limit());
            plain = query.letter().map(plain::letter).orElse(plain);
            plain = query.event().map(plain::event).orElse(plain);
            plain = query.subscription().map(plain::subscription).orElse(plain);
            plain = query.type().map(plain::type).orElse(plain);
            plain = query.fingerprint().map(plain::fingerprint).orElse(plain);
            return query.reason().map(plain::reason).orElse(plain);
        }
    }

    /** A list that looks each time. */
    private static final class Live extends AbstractList<DeadLetter> {
        private final Supplier<List<DeadLetter>> letters;

        Live(Supplier<List<DeadLetter>> letters) {
            this.letters = letters;
        }

        @Override
        public DeadLetter get(int index) {
            return letters.get().get(index);
        }

        @Override
        public int size() {
            return letters.get().size();
        }
    }

    @Test
    void a_store_that_honours_nothing_fails_every_case_and_none_is_skipped() {
        SuiteRun good = SuiteRun.of(InMemoryDeadLetterStoreContractTest.class);
        SuiteRun bad = SuiteRun.of(Stores.HonoursNothing.class);

        assertThat(good.failures()).isEmpty();
        assertThat(good.cases()).hasSize(20);
        assertThat(good.skipped()).isEmpty();
        assertThat(bad.cases()).isEqualTo(good.cases());
        assertThat(bad.skipped()).isEmpty();
        assertThat(bad.failures()).isEqualTo(FAILURES_OF_NOTHING);
    }

    @Test
    void a_store_with_one_fault_fails_the_cases_of_that_promise() {
        failsIn(Stores.PushesTheOldestOut.class,
                "never holds more than its capacity when threads add at once",
                "refuses a letter when full and stays as it was");
        failsIn(Stores.ForgetsTheLimit.class,
                "finds at most the limit the oldest first");
        failsIn(Stores.LimitsBeforeItLooks.class,
                "finds at most the limit the oldest first");
        failsIn(Stores.AsksNoPredicate.class,
                "a predicate that throws harms its caller only",
                "finds at most the limit the oldest first",
                "finds letters by each property",
                "finds letters that fulfil every condition");
        failsIn(Stores.FindsTheNewestFirst.class,
                "a predicate that throws harms its caller only",
                "asks a predicate without a lock",
                "finds a replaced letter by what it says now",
                "finds at most the limit the oldest first",
                "finds letters by each property",
                "finds letters in the order in which they came",
                "forgets a letter once",
                "gives each letter back whole",
                "has room again when a letter was removed",
                "keeps its letters over a restart or not as declared",
                "refuses a letter when full and stays as it was",
                "replaces a letter in its place even when full",
                "what it has found does not change afterwards");
        failsIn(Stores.ReturnsItsOwnList.class,
                "what it has found does not change afterwards");
        failsIn(Stores.ReplacesAtTheEnd.class,
                "keeps its letters over a restart or not as declared",
                "replaces a letter in its place even when full");
        failsIn(Stores.ReplacesWhatIsNotThere.class,
                "does not replace what is not there");
        failsIn(Stores.FindsByWhatWasSaidFirst.class,
                "finds a replaced letter by what it says now");
        failsIn(Stores.SaysTwiceThatItHasForgotten.class,
                "forgets a letter for one of several threads",
                "forgets a letter once");
        failsIn(Stores.AsksPredicatesUnderALock.class,
                "asks a predicate without a lock");
        failsIn(Stores.SwallowsFailuresOfPredicates.class,
                "a predicate that throws harms its caller only");
        failsIn(Stores.LosesTheEdits.class,
                "gives each letter back whole");
        failsIn(Stores.ForgetsTheFingerprint.class,
                "finds letters by each property");
        failsIn(Stores.LosesTheKey.class,
                "gives each letter back whole",
                "gives the same object back or another one as declared");
    }

    private static void failsIn(Class<?> suite, String... cases) {
        assertThat(SuiteRun.of(suite).failures()).as(suite.getSimpleName()).containsOnlyKeys(cases);
    }

    @Test
    void a_declaration_is_believed_when_it_is_true_and_fails_its_case_when_it_is_not() {
        assertThat(SuiteRun.of(Stores.CopiesAsDeclared.class).failures()).isEmpty();
        assertThat(SuiteRun.of(Stores.OutlivesAsDeclared.class).failures()).isEmpty();
        assertThat(SuiteRun.of(Stores.Copies.class).failures()).isEqualTo(Map.of(
                "gives the same object back or another one as declared",
                "[the letter that came back, as keepsInstances() declares]"));
        assertThat(SuiteRun.of(Stores.Outlives.class).failures()).isEqualTo(Map.of(
                "keeps its letters over a restart or not as declared",
                "[letters after the restart, as isDurable() declares]"));
        assertThat(SuiteRun.of(Stores.ForgetsWhatItDeclaresDurable.class).failures()).isEqualTo(Map.of(
                "keeps its letters over a restart or not as declared",
                "[letters after the restart, as isDurable() declares]"));
    }
}
