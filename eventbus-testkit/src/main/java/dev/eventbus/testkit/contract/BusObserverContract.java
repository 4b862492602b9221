/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.eventbus.EventBus;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.BusObserver.AttemptScope;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.subscribe.Dispatch;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every {@link BusObserver} promises.
 *
 * {@snippet class="dev.eventbus.testkit.contract.MdcObserverContractTest" region="suite"}
 *
 * <p>Observers may differ in whether they open scopes around attempts ({@link #opensScopes()}). One that does changes
 * something of the handler's thread, which {@link #context()} shows, and puts it back.
 *
 * <p>Deliberately not asserted: what an observer makes of a signal; whether it looks at payloads; how short "short" is, only
 * that each call ends; the order in which it is told things by several threads; what a scope does in threads other than the
 * one that has opened it.
 *
 * <p>One instance per case; the case runs in one thread and starts others. Not thread-safe.
 *
 * @since 0.1
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class BusObserverContract {
    private static final int THREADS = 4;
    private static final int ROUNDS = 50;

    private final SampleLetters letters = new SampleLetters(number -> "payload " + number);
    private Patience patience;
    private BusObserver observer;

    /** Creates the suite. */
    protected BusObserverContract() {
    }

    /* ---------------- what an implementation says of itself ---------------- */

    /**
     * Makes an observer.
     *
     * @return the observer under test
     */
    protected abstract BusObserver observer();

    /**
     * Declares whether the observer opens scopes.
     *
     * @return false for one whose {@code openScope} returns {@link AttemptScope#NONE} and leaves the thread as it is
     */
    protected abstract boolean opensScopes();

    /**
     * Reads what scopes change of the calling thread.
     *
     * <p>Nothing unless overridden, as fits an observer without scopes.
     *
     * @return a copy with an {@code equals} of its own, for instance of a logging context; null stands for nothing
     */
    protected @Nullable Object context() {
        return null;
    }

    /**
     * Bounds every wait of the suite; nothing is waited out, so it may be long.
     *
     * @return 10 s unless overridden
     */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    /** Makes the observer of one case. */
    @BeforeEach
    public final void open() {
        patience = new Patience(patience());
        observer = observer();
    }

    /* ---------------- signals ---------------- */

    /**
     * Each kind comes to an observer that has seen nothing before, as to one that was told of the rest by another bus.
     *
     * @return one case per kind and shape of signal
     */
    @TestFactory
    public Stream<DynamicTest> takes_a_signal_of_every_kind() {
        List<Signal> signals = signals(1);
        return IntStream.range(0, signals.size()).mapToObj(i -> takes(i + 1, signals.get(i)));
    }

    private DynamicTest takes(int number, Signal signal) {
        String kind = signal.getClass().getSimpleName();
        return DynamicTest.dynamicTest("takes signal " + number + ", " + kind, () -> {
            BusObserver fresh = observer();
            told(patience.result("taking a signal " + kind, () -> tell(fresh, signal)));
        });
    }

    /** All kinds one after the other, and again. */
    @Test
    public void takes_all_signals_of_an_event_and_takes_them_again() {
        told(patience.result("taking all signals", () -> tell(observer, signals(1)) + tell(observer, signals(1))));
    }

    /** Publishers and handlers tell it what they do at the same time. */
    @Test
    public void takes_signals_of_several_threads_at_once() {
        patience.together("taking signals of 4 threads", THREADS, thread -> () -> {
            int count = 0;
            for (int round = 0; round < ROUNDS; round++) {
                count += tell(observer, signals(thread * ROUNDS + round));
            }
            return count;
        }).forEach(BusObserverContract::told);
    }

    /* ---------------- scopes ---------------- */

    /** As {@link #opensScopes()} declares. */
    @Test
    public void opens_a_scope_or_none_as_declared() {
        AttemptScope scope = openScope(1, 1);
        close(scope);

        if (opensScopes()) {
            assertThat(scope).as("what openScope returned, as opensScopes() declares").isNotSameAs(AttemptScope.NONE);
        } else {
            assertThat(scope).as("what openScope returned, as opensScopes() declares").isSameAs(AttemptScope.NONE);
        }
    }

    /** As {@link #opensScopes()} declares: what is put there is put back, in the same thread. */
    @Test
    public void changes_the_thread_within_the_scope_or_not_at_all_as_declared() {
        Object before = context();

        AttemptScope scope = openScope(1, 1);
        Object within = context();
        close(scope);

        assertThat(!Objects.equals(within, before))
                .as("whether context() differs within a scope, as opensScopes() declares")
                .isEqualTo(opensScopes());
        assertThat(context()).as("context() after the scope").isEqualTo(before);
    }

    /** A redrive inside a handler opens a scope within a scope; so do synchronous buses that publish to each other. */
    @Test
    public void puts_back_the_outer_scope_when_the_inner_one_closes() {
        Object before = context();
        AttemptScope outer = openScope(1, 1);
        Object withinOuter = context();

        AttemptScope inner = openScope(2, 1);
        Object withinInner = context();
        close(inner);

        assertThat(!Objects.equals(withinInner, withinOuter))
                .as("whether context() differs in the inner scope, as opensScopes() declares").isEqualTo(opensScopes());
        assertThat(context()).as("context() after the inner scope").isEqualTo(withinOuter);
        close(outer);
        assertThat(context()).as("context() after the outer scope").isEqualTo(before);
    }

    /** Two threads have scopes at the same time, and neither sees the other's. */
    @Test
    public void scopes_of_two_threads_do_not_touch_each_other() {
        CountDownLatch otherOpened = new CountDownLatch(1);
        CountDownLatch ownClosed = new CountDownLatch(1);
        Object before = context();
        AttemptScope own = openScope(1, 1);
        Object within = context();

        Future<Boolean> other = patience.start(() -> scopeAround(2, otherOpened, ownClosed));
        patience.await("the scope of another thread", otherOpened);
        assertThat(context()).as("context() beside a scope of another thread").isEqualTo(within);
        close(own);
        assertThat(context()).as("context() after the own scope").isEqualTo(before);
        ownClosed.countDown();

        assertThat(patience.result("the end of another thread's scope", other))
                .as("whether the other thread's context() stayed while a scope closed here").isTrue();
    }

    // Returns whether this thread's context is the same when the other thread has closed its scope.
    private boolean scopeAround(int number, CountDownLatch opened, CountDownLatch otherClosed) {
        AttemptScope scope = openScope(number, 1);
        Object within = context();
        opened.countDown();
        patience.await("the end of the other scope", otherClosed);
        boolean same = Objects.equals(within, context());
        close(scope);
        return same;
    }

    /** Retries of one event open one scope after the other. */
    @Test
    public void opens_a_scope_for_every_attempt_of_an_event() {
        for (int attempt = 1; attempt <= 3; attempt++) {
            Object before = context();
            close(openScope(1, attempt));
            assertThat(context()).as("context() after attempt %s", attempt).isEqualTo(before);
        }
    }

    /* ---------------- on a bus ---------------- */

    /** Handlers that succeed, fail, are retried and given up; publishes that match nothing or are refused. */
    @Test
    public void throws_nothing_on_a_synchronous_bus() {
        throwsNothingOn(Dispatch.synchronous());
    }

    /** The same with handlers on threads of the bus. */
    @Test
    public void throws_nothing_on_a_bus_with_virtual_threads() {
        throwsNothingOn(Dispatch.virtualThreads());
    }

    private void throwsNothingOn(Dispatch dispatch) {
        EventBus bus = EventBus.builder("contract").dispatch(dispatch).observe(observer)
                .retry(RetryPolicy.fixed(Duration.ZERO).maxAttempts(2)).build();
        try (bus) {
            bus.subscribe(String.class, "works", text -> {});
            bus.subscribe(String.class, "fails", text -> {
                throw new IllegalStateException("planted");
            });
            patience.outcomes(bus.publish("matched"));
            patience.outcomes(bus.publish(1));
            patience.idle(bus);
        }
        assertThat(catchThrowable(() -> bus.publish("refused"))).as("what a publish on a closed bus throws")
                .isInstanceOf(BusClosedException.class);
        assertThat(bus.inspect().metrics().observerFailures()).as("times that the observer threw on a bus").isZero();
    }

    /* ---------------- helpers ---------------- */

    private List<Signal> signals(int number) {
        return SampleSignals.about(letters.letter(number).event(), letters.letter(number));
    }

    private static int tell(BusObserver observer, Signal signal) {
        observer.onSignal(signal);
        return 1;
    }

    private static int tell(BusObserver observer, List<Signal> signals) {
        return signals.stream().mapToInt(signal -> tell(observer, signal)).sum();
    }

    // Nothing more to assert: it has taken them and returned.
    private static void told(int signals) {
        assertThat(signals).as("signals taken").isPositive();
    }

    private AttemptScope openScope(int number, int attempt) {
        EventEnvelope<?> event = letters.letter(number).event();
        AttemptScope scope;
        try {
            scope = observer.openScope(event, "billing", attempt);
        } catch (RuntimeException thrown) {
            throw new AssertionError("openScope threw " + thrown.getClass().getName(), thrown);
        }
        assertThat(scope).as("what openScope returned").isNotNull();
        return scope;
    }

    private static void close(AttemptScope scope) {
        try {
            scope.close();
        } catch (RuntimeException thrown) {
            throw new AssertionError("a scope threw " + thrown.getClass().getName() + " when it was closed", thrown);
        }
    }
}
