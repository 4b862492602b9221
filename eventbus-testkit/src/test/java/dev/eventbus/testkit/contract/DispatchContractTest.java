/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.spi.BusRuntime;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DispatchContractTest {
    private static final String HANGS = " did not come within PT0.02S; if it only takes longer, override patience()";

    /** Run by the tests below alone; each bus breaks one promise, or is declared wrongly. */
    static final class Buses {
        abstract static class Declared extends DispatchContract {
            private final boolean synchronous;
            private final boolean serial;

            Declared(boolean synchronous, boolean serial) {
                this.synchronous = synchronous;
                this.serial = serial;
            }

            @Override
            protected EventBus build(EventBusBuilder builder) {
                return builder.dispatch(Dispatch.virtualThreads()).build();
            }

            @Override
            protected boolean isSynchronous() {
                return synchronous;
            }

            @Override
            protected boolean isSerial() {
                return serial;
            }

            @Override
            protected Duration patience() {
                return Duration.ofSeconds(1);
            }
        }

        abstract static class DeliversNothing extends Declared {
            DeliversNothing(boolean synchronous, boolean serial) {
                super(synchronous, serial);
            }

            @Override
            protected EventBus build(EventBusBuilder builder) {
                return builder.dispatch(Dispatch.virtualThreads()).runtime(new Idle()).build();
            }

            @Override
            protected Duration patience() {
                return Duration.ofMillis(20);
            }
        }

        static final class HonoursNothing extends DeliversNothing {
            HonoursNothing() {
                super(false, true);
            }
        }

        static final class HonoursNothingUnordered extends DeliversNothing {
            HonoursNothingUnordered() {
                super(false, false);
            }

            @Override
            protected void choose(SubscriptionSpec spec) {
                spec.ordering(Ordering.unordered(8));
            }
        }

        static final class HonoursNothingSynchronously extends DeliversNothing {
            HonoursNothingSynchronously() {
                super(true, false);
            }
        }

        static final class InterruptsNobody extends Declared {
            InterruptsNobody() {
                super(false, true);
            }

            @Override
            protected EventBus build(EventBusBuilder builder) {
                return builder.runtime(new Uninterrupting()).build();
            }
        }

        static final class KeepsNoLetter extends Declared {
            KeepsNoLetter() {
                super(false, true);
            }

            @Override
            protected EventBus build(EventBusBuilder builder) {
                DeadLetterStore full = DeadLetterStore.inMemory(1);
                boolean unused = full.add(new SampleLetters(number -> number).letter(1));
                return builder.deadLetters(full).lastResort((letter, cause) -> {}).build();
            }
        }

        static final class EndsChainsAtOne extends Declared {
            EndsChainsAtOne() {
                super(false, true);
            }

            @Override
            protected EventBus build(EventBusBuilder builder) {
                return builder.maxDepth(1).build();
            }
        }

        static final class SynchronousDeclaredAsThreads extends Declared {
            SynchronousDeclaredAsThreads() {
                super(false, true);
            }

            @Override
            protected EventBus build(EventBusBuilder builder) {
                return builder.dispatch(Dispatch.synchronous()).build();
            }
        }

        static final class ThreadsDeclaredAsSynchronous extends Declared {
            ThreadsDeclaredAsSynchronous() {
                super(true, false);
            }
        }

        static final class SerialDeclaredAsUnordered extends Declared {
            SerialDeclaredAsUnordered() {
                super(false, false);
            }
        }

        static final class UnorderedDeclaredAsSerial extends Declared {
            UnorderedDeclaredAsSerial() {
                super(false, true);
            }

            @Override
            protected void choose(SubscriptionSpec spec) {
                spec.ordering(Ordering.unordered(64));
            }
        }
    }

    /** Waits as the machine does, and starts nothing. */
    private static class Idle implements BusRuntime {
        @Override
        public void parkUntil(long monotonicNanos) {
            BusRuntime.system().parkUntil(monotonicNanos);
        }

        @Override
        public void unpark(Thread thread) {
            BusRuntime.system().unpark(thread);
        }

        @Override
        public void interrupt(Thread thread) {
            // Nor interrupts anything.
        }

        @Override
        public void start(String name, Runnable task) {
            // That is the fault.
        }
    }

    /** Interrupts nobody. */
    private static final class Uninterrupting extends Idle {
        @Override
        public void start(String name, Runnable task) {
            BusRuntime.system().start(name, task);
        }
    }

    @Test
    void a_bus_that_delivers_nothing_fails_every_case_and_none_is_skipped() {
        SuiteRun good = SuiteRun.of(VirtualThreadsDispatchContractTest.class);
        SuiteRun bad = SuiteRun.of(Buses.HonoursNothing.class);

        assertThat(good.failures()).isEmpty();
        assertThat(good.skipped()).isEmpty();
        assertThat(good.cases()).hasSize(20);
        assertThat(bad.skipped()).isEmpty();
        assertThat(bad.cases()).isEqualTo(good.cases());
        assertThat(bad.failures()).isEqualTo(failuresOfNothing());
        for (Class<?> other : List.of(Buses.HonoursNothingUnordered.class, Buses.HonoursNothingSynchronously.class)) {
            SuiteRun run = SuiteRun.of(other);
            assertThat(run.skipped()).isEmpty();
            assertThat(run.failures().keySet()).isEqualTo(good.cases());
        }
    }

    private static Map<String, String> failuresOfNothing() {
        Map<String, String> failures = new HashMap<>();
        List.of(
                "a closed subscription gets nothing more",
                "a dead letter is redriven to its own subscription",
                "a delivery that keeps failing becomes a dead letter of its subscription alone",
                "a delivery that succeeds at a retry is handled",
                "an error is given up at once and the next event is handled",
                "each delivery has one outcome and one signal of it",
                "each subscription that matches gets an event once",
                "handlers run in the publishers thread or in another as declared")
                .forEach(name -> failures.put(name, "every outcome of an event" + HANGS));
        List.of(
                "a handler can wait for what it publishes or is told that it cannot as declared",
                "a nested publish waits for the current event or is handled beside it as declared",
                "handles one event at a time or several as declared",
                "handles what a handler published after its cause or beside it as declared",
                "handles what was published afterwards afterwards or beside it as declared",
                "keeps the order of each publishing thread or loses nothing as declared",
                "the next event waits for retries or does not as declared",
                "what a handler publishes follows from the event that it handles")
                .forEach(name -> failures.put(name, "a moment in which the bus is idle" + HANGS));
        List.of(
                "drain tells when everything has its outcome",
                "publish returns after the handlers or before as declared",
                "shutdown returns what its deadline cuts off",
                "shutdown waits for what was accepted and for what follows from it")
                .forEach(name -> failures.put(name, "the call of a handler" + HANGS));
        return failures;
    }

    @Test
    void a_bus_with_one_fault_fails_the_cases_of_that_promise() {
        failsIn(Buses.InterruptsNobody.class,
                "shutdown returns what its deadline cuts off");
        failsIn(Buses.KeepsNoLetter.class,
                "a dead letter is redriven to its own subscription",
                "a delivery that keeps failing becomes a dead letter of its subscription alone",
                "a delivery that succeeds at a retry is handled",
                "an error is given up at once and the next event is handled");
        failsIn(Buses.EndsChainsAtOne.class,
                "a nested publish waits for the current event or is handled beside it as declared");
    }

    @Test
    void a_wrong_declaration_fails_its_cases() {
        failsIn(Buses.SynchronousDeclaredAsThreads.class,
                "a handler can wait for what it publishes or is told that it cannot as declared",
                "a nested publish waits for the current event or is handled beside it as declared",
                "handlers run in the publishers thread or in another as declared",
                "handles one event at a time or several as declared",
                "handles what a handler published after its cause or beside it as declared",
                "handles what was published afterwards afterwards or beside it as declared",
                "publish returns after the handlers or before as declared");
        failsIn(Buses.SerialDeclaredAsUnordered.class,
                "handles one event at a time or several as declared",
                "handles what a handler published after its cause or beside it as declared",
                "handles what was published afterwards afterwards or beside it as declared",
                "the next event waits for retries or does not as declared");
        assertThat(SuiteRun.sideBySide(Buses.ThreadsDeclaredAsSynchronous.class).failures()).containsKeys(
                "a handler can wait for what it publishes or is told that it cannot as declared",
                "handlers run in the publishers thread or in another as declared",
                "handles one event at a time or several as declared"); // and more, as threads happen to run
    }

    @Test
    void handlers_that_only_happen_to_come_in_order_are_found_out_by_one_case_or_another() {
        assertThat(SuiteRun.of(Buses.UnorderedDeclaredAsSerial.class).failures().keySet()).isNotEmpty().isSubsetOf(
                "handles one event at a time or several as declared",
                "handles what a handler published after its cause or beside it as declared",
                "handles what was published afterwards afterwards or beside it as declared",
                "keeps the order of each publishing thread or loses nothing as declared",
                "the next event waits for retries or does not as declared");
    }

    private static void failsIn(Class<?> suite, String... cases) {
        assertThat(SuiteRun.sideBySide(suite).failures()).as(suite.getSimpleName()).containsOnlyKeys(cases);
    }
}
