/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.Parking;
import dev.eventbus.deadletter.Sequence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeadLetterSequenceContractTest {
    /** Run by the tests below alone; each store breaks one promise, or is declared wrongly. */
    static final class Stores {
        abstract static class Declared extends DeadLetterSequenceContract {
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
            protected DeadLetterStore store(int capacity, int sequences) {
                return new NoStore();
            }
        }

        static final class OpensAnyNumberOfSequences extends Declared {
            @Override
            protected DeadLetterStore store(int capacity, int sequences) {
                return DeadLetterStore.inMemory(capacity, Integer.MAX_VALUE);
            }
        }

        static class Outlives extends Declared {
            @Override
            protected DeadLetterStore store(int capacity, int sequences) {
                return DeadLetterStore.inMemory(capacity, sequences);
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

        static final class PushesTheHeadOut extends Declared {
            @Override
            protected DeadLetterStore store(int capacity, int sequences) {
                return new ShippedStore(capacity, sequences) {
                    @Override
                    public Parking parkBehind(DeadLetter letter, Sequence sequence, int most) {
                        Parking answer = super.parkBehind(letter, sequence, most);
                        if (answer != Parking.SEQUENCE_FULL) {
                            return answer;
                        }
                        boolean unused = remove(head(sequence).orElseThrow().id());
                        return super.parkBehind(letter, sequence, most);
                    }
                };
            }
        }

        static final class OpensASequenceBehindNothing extends Declared {
            @Override
            protected DeadLetterStore store(int capacity, int sequences) {
                return new ShippedStore(capacity, sequences) {
                    @Override
                    public Parking parkBehind(DeadLetter letter, Sequence sequence, int most) {
                        return super.park(letter, sequence, most);
                    }
                };
            }
        }

        static final class KeepsWhatItRefuses extends Declared {
            @Override
            protected DeadLetterStore store(int capacity, int sequences) {
                return new ShippedStore(capacity, sequences) {
                    @Override
                    public Parking parkBehind(DeadLetter letter, Sequence sequence, int most) {
                        Parking answer = super.parkBehind(letter, sequence, most);
                        if (answer == Parking.NOT_PARKED) {
                            boolean unused = add(letter);
                        }
                        return answer;
                    }
                };
            }
        }

        static final class ForgetsTheBoundOfASequence extends Declared {
            @Override
            protected DeadLetterStore store(int capacity, int sequences) {
                return new ShippedStore(capacity, sequences) {
                    @Override
                    public Parking park(DeadLetter letter, Sequence sequence, int most) {
                        return super.park(letter, sequence, Integer.MAX_VALUE);
                    }
                };
            }
        }

        static final class CountsTheBoundOneTooFar extends Declared {
            @Override
            protected DeadLetterStore store(int capacity, int sequences) {
                return new ShippedStore(capacity, sequences) {
                    @Override
                    public Parking parkBehind(DeadLetter letter, Sequence sequence, int most) {
                        return super.parkBehind(letter, sequence, most + 1);
                    }
                };
            }
        }

        static final class HeadsTheNewest extends Declared {
            @Override
            protected DeadLetterStore store(int capacity, int sequences) {
                return new ShippedStore(capacity, sequences) {
                    @Override
                    public Optional<DeadLetter> head(Sequence sequence) {
                        return find(DeadLetterQuery.all()).reversed().stream()
                                .filter(letter -> letter.sequence().filter(sequence::equals).isPresent()).findFirst();
                    }
                };
            }
        }

        static final class StaysParkedForEver extends Declared {
            @Override
            protected DeadLetterStore store(int capacity, int sequences) {
                return new ShippedStore(capacity, sequences) {
                    private final Set<Sequence> ever = ConcurrentHashMap.newKeySet();

                    @Override
                    public Parking park(DeadLetter letter, Sequence sequence, int most) {
                        Parking answer = super.park(letter, sequence, most);
                        if (answer == Parking.KEPT) {
                            ever.add(sequence);
                        }
                        return answer;
                    }

                    @Override
                    public boolean isParked(Sequence sequence) {
                        return ever.contains(sequence);
                    }
                };
            }
        }

        static final class ReplacesAtTheEnd extends Declared {
            @Override
            protected DeadLetterStore store(int capacity, int sequences) {
                return new ShippedStore(capacity, sequences) {
                    @Override
                    public boolean replace(DeadLetter letter) {
                        Sequence sequence = letter.sequence().orElseThrow();
                        return remove(letter.id()) && super.park(letter, sequence, Integer.MAX_VALUE) == Parking.KEPT;
                    }
                };
            }
        }

        static final class ForgetsTheSequenceOfAQuery extends Declared {
            @Override
            protected DeadLetterStore store(int capacity, int sequences) {
                return new ShippedStore(capacity, sequences) {
                    @Override
                    public List<DeadLetter> find(DeadLetterQuery query) {
                        return query.sequence().isPresent() ? super.find(DeadLetterQuery.all()) : super.find(query);
                    }
                };
            }
        }

        static final class ForgetsTheLimitInASequence extends Declared {
            @Override
            protected DeadLetterStore store(int capacity, int sequences) {
                return new ShippedStore(capacity, sequences) {
                    @Override
                    public List<DeadLetter> find(DeadLetterQuery query) {
                        return query.sequence().isPresent()
                                ? super.find(query.limit(Integer.MAX_VALUE))
                                : super.find(query);
                    }
                };
            }
        }

        static final class MixesNoKeyWithTheTextNull extends Declared {
            @Override
            protected DeadLetterStore store(int capacity, int sequences) {
                return new ShippedStore(capacity, sequences) {
                    @Override
                    public boolean isParked(Sequence sequence) {
                        return super.isParked("null".equals(sequence.key())
                                ? new Sequence(sequence.subscription(), null)
                                : sequence);
                    }
                };
            }
        }

        static final class ListsSequencesOfPlainLetters extends Declared {
            @Override
            protected DeadLetterStore store(int capacity, int sequences) {
                return new ShippedStore(capacity, sequences) {
                    @Override
                    public Set<Sequence> sequences() {
                        return find(DeadLetterQuery.all()).stream()
                                .map(letter -> new Sequence(letter.subscription(), letter.key()))
                                .collect(Collectors.toSet());
                    }
                };
            }
        }
    }

    @Test
    void a_store_that_honours_nothing_fails_every_case_and_none_is_skipped() {
        SuiteRun good = SuiteRun.of(InMemoryDeadLetterSequenceContractTest.class);
        SuiteRun bad = SuiteRun.of(Stores.HonoursNothing.class);

        assertThat(good.failures()).isEmpty();
        assertThat(good.skipped()).isEmpty();
        assertThat(good.cases()).hasSize(14);
        assertThat(bad.skipped()).isEmpty();
        assertThat(bad.failures().keySet()).isEqualTo(good.cases());
    }

    @Test
    void a_store_that_breaks_one_promise_fails_the_cases_about_it() {
        failsIn(Stores.OpensAnyNumberOfSequences.class,
                "refuses to open more sequences than it may");
        failsIn(Stores.PushesTheHeadOut.class,
                "refuses a letter when its sequence is full");
        failsIn(Stores.OpensASequenceBehindNothing.class,
                "a sequence is parked until its last letter is removed",
                "keeps its sequences over a restart or not as declared",
                "parks behind letters only",
                "tells sequences by subscription and key");
        failsIn(Stores.KeepsWhatItRefuses.class,
                "parks behind letters only",
                "parks behind the last letter or finds it gone when it is removed at once");
        failsIn(Stores.ForgetsTheBoundOfASequence.class,
                "never holds more than the bound of a sequence when threads park at once",
                "refuses a letter when its sequence is full");
        failsIn(Stores.CountsTheBoundOneTooFar.class,
                "refuses a letter when its sequence is full");
        failsIn(Stores.HeadsTheNewest.class,
                "a replaced letter keeps its place in its sequence",
                "a sequence is parked until its last letter is removed",
                "parks letters of each sequence in the order in which they came");
        failsIn(Stores.StaysParkedForEver.class,
                "a sequence is parked until its last letter is removed",
                "parks behind the last letter or finds it gone when it is removed at once");
        failsIn(Stores.ReplacesAtTheEnd.class,
                "a replaced letter keeps its place in its sequence");
        failsIn(Stores.ForgetsTheSequenceOfAQuery.class,
                "a letter that was added belongs to no sequence",
                "a replaced letter keeps its place in its sequence",
                "finds letters of a sequence that fulfil other conditions too",
                "parks letters of each sequence in the order in which they came");
        failsIn(Stores.ForgetsTheLimitInASequence.class,
                "finds letters of a sequence that fulfil other conditions too");
        failsIn(Stores.MixesNoKeyWithTheTextNull.class,
                "tells sequences by subscription and key");
        failsIn(Stores.ListsSequencesOfPlainLetters.class,
                "a letter that was added belongs to no sequence",
                "a sequence is parked until its last letter is removed",
                "parks letters of each sequence in the order in which they came");
    }

    private static void failsIn(Class<?> suite, String... cases) {
        assertThat(SuiteRun.of(suite).failures()).as(suite.getSimpleName()).containsOnlyKeys(cases);
    }

    @Test
    void a_declaration_is_believed_when_it_is_true_and_fails_its_case_when_it_is_not() {
        assertThat(SuiteRun.of(Stores.OutlivesAsDeclared.class).failures()).isEmpty();
        assertThat(SuiteRun.of(Stores.Outlives.class).failures()).containsOnlyKeys(
                "keeps its sequences over a restart or not as declared");
    }
}
