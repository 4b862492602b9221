/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.entry;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusBuilder;
import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.FailedAttempt;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.Signal;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.BusClosedException;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.WouldDeadlockException;
import dev.eventbus.subscribe.Delivery;
import dev.eventbus.subscribe.Subscription;
import dev.eventbus.subscribe.SubscriptionSpec;
import dev.eventbus.testkit.RecordedEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * What a bus promises whichever threads deliver, for one choice of {@link dev.eventbus.subscribe.Dispatch} and
 * {@link dev.eventbus.subscribe.Ordering}, or for a {@link dev.eventbus.spi.BusRuntime} below them.
 *
 * {@snippet class="dev.eventbus.testkit.contract.VirtualThreadsDispatchContractTest" region="suite"}
 *
 * <p>Dispatches may differ in two ways, which an implementation declares: whether handlers run in the publisher's thread
 * ({@link #isSynchronous()}), and whether a subscription handles one event after the other ({@link #isSerial()}). All events
 * have the same key, so that a subscription ordered by key is serial here.
 *
 * <p>Deliberately not asserted: what one dispatch has and another refuses (pauses, buffers, timeouts, failures that are
 * propagated); the order of events of different keys, or of threads that publish at the same time; that unordered handlers
 * come out of order, only that they may run at the same time; whether threads are virtual, and what they are called; how long
 * anything takes. Order cannot be proved by running it: the cases give a dispatch that keeps none every opportunity, and one
 * that is lucky may pass some of them. Handlers block on latches here, so the bus needs threads of the machine, not a simulation.
 *
 * <p>One instance per case; the case runs in one thread and starts others. Not thread-safe.
 *
 * @since 0.1
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class DispatchContract {
    private static final PublishOptions ONE_KEY = PublishOptions.options().key("contract");
    private static final int PUBLISHERS = 2;
    private static final int EVENTS = 16;

    private final RecordedEvents recorded = new RecordedEvents();
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch shutdownBegun = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private Patience patience;
    private EventBus bus;

    /** An event that handlers react to. */
    private record Cause(int publisher, int number) {}

    /** An event that is published in a handler, or after a cause. */
    private record Effect(int number) {}

    /** Creates the suite. */
    protected DispatchContract() {
    }

    /* ---------------- what an implementation says of itself ---------------- */

    /**
     * Builds a bus with the dispatch under test.
     *
     * @param builder has the name, observers and policies that the suite needs; takes the dispatch, and whatever else
     * @return an open bus
     */
    protected abstract EventBus build(EventBusBuilder builder);

    /**
     * Makes choices for each subscription of the suite, for instance its order.
     *
     * <p>None unless overridden.
     *
     * @param spec takes them; retry policies are the suite's
     */
    protected void choose(SubscriptionSpec spec) {
        // The bus chooses.
    }

    /**
     * Declares whether handlers run in the thread that publishes.
     *
     * @return false for one that delivers in other threads
     */
    protected abstract boolean isSynchronous();

    /**
     * Declares whether a subscription handles events of one key one after the other, whoever has published them.
     *
     * @return false for one that may handle two at the same time
     */
    protected abstract boolean isSerial();

    /**
     * Bounds every wait of the suite; nothing is waited out, so it may be long.
     *
     * @return 10 s unless overridden
     */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    /** Builds the bus of one case. */
    @BeforeEach
    public final void open() {
        patience = new Patience(patience());
        BusObserver shutdown = signal -> {
            if (signal instanceof Signal.ShutdownBegun) {
                shutdownBegun.countDown();
            }
        };
        bus = build(EventBus.builder("contract").retry(RetryPolicy.never()).observe(recorded).observe(shutdown));
    }

    /** Closes the bus of one case. */
    @AfterEach
    public final void end() {
        CloseReport unused = bus.shutdown(Duration.ZERO); // cases assert what they leave behind
    }

    /* ---------------- threads ---------------- */

    /** One delivery for each subscription that matches, and a receipt that names them. */
    @Test
    public void each_subscription_that_matches_gets_an_event_once() {
        subscribe("one", spec -> spec.on(Cause.class, cause -> log.add("one")));
        subscribe("any", spec -> spec.on(Object.class, cause -> log.add("any")));
        subscribe("other", spec -> spec.on(Effect.class, cause -> log.add("other")));

        Receipt receipt = patience.outcomes(publish(new Cause(0, 1)));

        assertThat(receipt.outcomes()).as("outcomes of an event that two of three subscriptions match")
                .containsExactly(entry("one", Outcome.HANDLED), entry("any", Outcome.HANDLED));
        assertThat(log).as("handlers that ran").containsExactlyInAnyOrder("one", "any");
    }

    /** As {@link #isSynchronous()} declares. */
    @Test
    public void handlers_run_in_the_publishers_thread_or_in_another_as_declared() {
        List<Thread> handlers = Collections.synchronizedList(new ArrayList<>());
        subscribe("s", spec -> spec.on(Cause.class, cause -> handlers.add(Thread.currentThread())));

        patience.outcomes(publish(new Cause(0, 1)));

        assertThat(handlers.equals(List.of(Thread.currentThread())))
                .as("whether the handler ran in the publisher's thread, as isSynchronous() declares")
                .isEqualTo(isSynchronous());
    }

    /** As {@link #isSynchronous()} declares: the receipt of a publish is done when it returns, or when handlers return. */
    @Test
    public void publish_returns_after_the_handlers_or_before_as_declared() {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(isSynchronous() ? 0 : 1);
        subscribe("s", spec -> spec.on(Cause.class, cause -> {
            entered.countDown();
            patience.await("the gate of a handler", gate);
        }));

        Future<Receipt> publishing = patience.start(() -> publish(new Cause(0, 1)));
        patience.await("the call of a handler", entered);
        Receipt receipt = patience.result("the return of a publish", publishing);

        assertThat(receipt.isDone())
                .as("whether the receipt was done when publish returned, as isSynchronous() declares")
                .isEqualTo(isSynchronous());
        gate.countDown();
        assertThat(patience.outcomes(receipt).outcomes()).as("outcomes in the end")
                .containsExactly(entry("s", Outcome.HANDLED));
    }

    /* ---------------- order ---------------- */

    /** Where order is promised, that of each publishing thread is kept; elsewhere nothing gets lost. */
    @Test
    public void keeps_the_order_of_each_publishing_thread_or_loses_nothing_as_declared() {
        List<Cause> handled = Collections.synchronizedList(new ArrayList<>());
        subscribe("s", spec -> spec.on(Cause.class, handled::add));

        publishFromSeveralThreads();
        patience.idle(bus);

        for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
            int own = publisher;
            List<Cause> sent = IntStream.range(0, EVENTS).mapToObj(i -> new Cause(own, i)).toList();
            List<Cause> got = List.copyOf(handled).stream().filter(cause -> cause.publisher() == own).toList();
            if (isOrdered()) {
                assertThat(got).as("events of one publishing thread, in its order").isEqualTo(sent);
            } else {
                assertThat(got).as("events of one publishing thread, in any order")
                        .containsExactlyInAnyOrderElementsOf(sent);
            }
        }
    }

    /** As {@link #isSerial()} declares: two handlers of a subscription never meet, or can. */
    @Test
    public void handles_one_event_at_a_time_or_several_as_declared() {
        CountDownLatch others = new CountDownLatch(isSerial() && !isSynchronous() ? PUBLISHERS * EVENTS : 0);
        CountDownLatch two = new CountDownLatch(isSerial() ? 0 : 2);
        AtomicBoolean first = new AtomicBoolean(true);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        subscribe("s", spec -> spec.on(Cause.class, cause -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            two.countDown();
            patience.await("a second handler at the same time", two);
            if (first.getAndSet(false)) { // until all could have begun here too
                patience.await("another subscription's handling of all events", others);
            }
            running.decrementAndGet();
        }));
        subscribe("other", spec -> spec.on(Cause.class, cause -> others.countDown()));

        publishFromSeveralThreads();
        patience.idle(bus);

        assertThat(most.get() == 1).as("whether handlers of one subscription ran one at a time, as isSerial() declares")
                .isEqualTo(isSerial());
        assertThat(recorded.deadLetters()).as("deliveries that failed").isEmpty();
    }

    /** Where order is promised, nobody handles what a handler published before what it was published for. */
    @Test
    public void handles_what_a_handler_published_after_its_cause_or_beside_it_as_declared() {
        subscribe("causes", spec -> spec.onEvent(Cause.class,
                delivery -> IntStream.range(0, EVENTS).forEach(i -> publish(delivery, new Effect(i)))));
        effectsFollowCauses(() -> publish(new Cause(0, 1)));
    }

    /** Where order is promised, nobody handles what was published after a publish had returned before that. */
    @Test
    public void handles_what_was_published_afterwards_afterwards_or_beside_it_as_declared() {
        effectsFollowCauses(() -> {
            publish(new Cause(0, 1));
            patience.result("a publish of another thread",
                    () -> IntStream.range(0, EVENTS).mapToObj(i -> publish(new Effect(i))).toList());
        });
    }

    // The handler of the cause lets the effects be handled meanwhile, if they can.
    private void effectsFollowCauses(Runnable publishes) {
        CountDownLatch elsewhere = new CountDownLatch(isSynchronous() ? 0 : EVENTS);
        CountDownLatch here = new CountDownLatch(isOrdered() ? 0 : EVENTS);
        subscribe("s", spec -> spec.on(Cause.class, cause -> {
            patience.await("another subscription's handling of effects", elsewhere);
            patience.await("the handling of effects beside their cause", here);
            log.add("cause");
        }).on(Effect.class, effect -> {
            log.add("effect");
            here.countDown();
        }));
        subscribe("other", spec -> spec.on(Effect.class, effect -> elsewhere.countDown()));

        publishes.run();
        patience.idle(bus);

        assertThat(log).as("handlers that ended").hasSize(EVENTS + 1);
        assertThat(log.indexOf("cause")).as("handlers of effects that ended before that of their cause")
                .isEqualTo(isOrdered() ? 0 : EVENTS);
    }

    /** As {@link #isSynchronous()} declares: breadth first in the publisher's thread, or at once in another. */
    @Test
    public void a_nested_publish_waits_for_the_current_event_or_is_handled_beside_it_as_declared() {
        CountDownLatch nested = new CountDownLatch(isSynchronous() ? 0 : 3);
        subscribe("first", spec -> spec.onEvent(Cause.class, delivery -> {
            publish(delivery, new Effect(1));
            publish(delivery, new Effect(2));
            patience.await("the handling of nested events", nested);
            log.add("first");
        }));
        subscribe("second", spec -> spec.on(Cause.class, cause -> log.add("second")));
        subscribe("third", spec -> spec.onEvent(Effect.class, delivery -> {
            log.add("effect " + delivery.payload().number());
            if (delivery.payload().number() == 1) {
                publish(delivery, new Effect(3));
            }
            nested.countDown();
        }));

        publish(new Cause(0, 1));
        patience.idle(bus);

        if (isSynchronous()) {
            assertThat(log).as("handlers, breadth first")
                    .containsExactly("first", "second", "effect 1", "effect 2", "effect 3");
        } else {
            assertThat(log).as("handlers, each once")
                    .containsExactlyInAnyOrder("first", "second", "effect 1", "effect 2", "effect 3");
            assertThat(log.subList(0, log.indexOf("first"))).as("handlers that ended before the one that published")
                    .contains("effect 1", "effect 2", "effect 3");
        }
    }

    /** As {@link #isSynchronous()} declares: a handler that waits for what only its own thread can do is told so. */
    @Test
    public void a_handler_can_wait_for_what_it_publishes_or_is_told_that_it_cannot_as_declared() {
        subscribe("causes", spec -> spec.onEvent(Cause.class, delivery -> {
            Receipt nested = publish(delivery, new Effect(1));
            try {
                log.add("done: " + nested.await(patience()).isDone());
            } catch (WouldDeadlockException told) {
                log.add("told");
            }
        }));
        subscribe("effects", spec -> spec.on(Effect.class, effect -> {}));

        publish(new Cause(0, 1));
        patience.idle(bus);

        assertThat(log).as("what a handler learnt that awaited a nested publish, as isSynchronous() declares")
                .containsExactly(isSynchronous() ? "told" : "done: true");
    }

    /** In whichever thread a handler runs, the bus knows what is handled there. */
    @Test
    public void what_a_handler_publishes_follows_from_the_event_that_it_handles() {
        subscribe("causes", spec -> spec.onEvent(Cause.class, delivery -> {
            log.add(bus.currentDelivery().map(current -> current.event().id()).map(UUID::toString).orElse("none"));
            Receipt unused = bus.publish(new Effect(1), ONE_KEY); // by the bus itself: the thread says where it is
        }));

        Receipt cause = publish(new Cause(0, 1));
        patience.idle(bus);

        assertThat(log).as("the current delivery in a handler").containsExactly(cause.eventId().toString());
        assertThat(recorded.of(Effect.class)).as("what the handler has published").singleElement()
                .satisfies(effect -> assertThat(effect.event().metadata())
                        .returns(cause.eventId(), metadata -> metadata.causationId())
                        .returns(cause.eventId().toString(), metadata -> metadata.correlationId())
                        .returns(1, metadata -> metadata.depth()));
        assertThat(bus.currentDelivery()).as("the current delivery outside all handlers").isEmpty();
    }

    /* ---------------- failures ---------------- */

    /** Attempts count from 1 to the last that the policy allows; other subscriptions notice nothing. */
    @Test
    public void a_delivery_that_keeps_failing_becomes_a_dead_letter_of_its_subscription_alone() {
        subscribe("fails", spec -> retried(spec, 3).onEvent(Cause.class, delivery -> fail(delivery, 3)));
        subscribe("works", spec -> spec.on(Cause.class, cause -> {}));

        Receipt receipt = patience.outcomes(publish(new Cause(0, 1)));

        assertThat(receipt.outcomes()).as("outcomes").containsExactly(entry("fails", Outcome.DEAD_LETTERED),
                entry("works", Outcome.HANDLED));
        assertThat(log).as("attempts").containsExactly("1#1", "1#2", "1#3");
        assertThat(letters()).as("dead letters").singleElement()
                .returns("fails", DeadLetter::subscription)
                .returns(receipt.eventId(), letter -> letter.event().id())
                .returns(DeadLetterReason.ATTEMPTS_EXHAUSTED, DeadLetter::reason)
                .returns(List.of(1, 2, 3), letter -> letter.attempts().stream().map(FailedAttempt::number).toList());
    }

    /** A success ends the round, and no letter is written. */
    @Test
    public void a_delivery_that_succeeds_at_a_retry_is_handled() {
        subscribe("s", spec -> retried(spec, 3).onEvent(Cause.class, delivery -> fail(delivery, 1)));

        Receipt receipt = patience.outcomes(publish(new Cause(0, 1)));

        assertThat(receipt.outcomes()).as("outcomes").containsExactly(entry("s", Outcome.HANDLED));
        assertThat(log).as("attempts").containsExactly("1#1", "1#2");
        assertThat(letters()).as("dead letters").isEmpty();
    }

    /** An error is no reason to try again, and no reason to stop with the next event. */
    @Test
    public void an_error_is_given_up_at_once_and_the_next_event_is_handled() {
        subscribe("s", spec -> retried(spec, 3).onEvent(Cause.class, delivery -> {
            log.add(name(delivery));
            if (delivery.payload().number() == 1) {
                throw new AssertionError("planted");
            }
        }));

        Receipt broken = patience.outcomes(publish(new Cause(0, 1)));
        Receipt next = patience.outcomes(publish(new Cause(0, 2)));

        assertThat(log).as("attempts").containsExactly("1#1", "2#1");
        assertThat(broken.outcomes()).as("outcomes of the first event")
                .containsExactly(entry("s", Outcome.DEAD_LETTERED));
        assertThat(next.outcomes()).as("outcomes of the next event").containsExactly(entry("s", Outcome.HANDLED));
        assertThat(letters()).as("dead letters").extracting(DeadLetter::reason)
                .containsExactly(DeadLetterReason.NOT_RETRYABLE);
    }

    /** Where order is promised, a delivery keeps its turn until it has its outcome. */
    @Test
    public void the_next_event_waits_for_retries_or_does_not_as_declared() {
        CountDownLatch second = new CountDownLatch(isOrdered() ? 0 : 1);
        subscribe("s", spec -> retried(spec, 2).onEvent(Cause.class, delivery -> {
            if (delivery.payload().number() == 2) {
                log.add("2");
                second.countDown();
                return;
            }
            patience.await("the handling of the next event beside this one", second);
            fail(delivery, 1);
        }));

        publish(new Cause(0, 1));
        publish(new Cause(0, 2));
        patience.idle(bus);

        assertThat(log).as("attempts of event 1, and event 2").isEqualTo(isOrdered()
                ? List.of("1#1", "1#2", "2")
                : List.of("2", "1#1", "1#2"));
    }

    /** Receipts and signals tell the same of every delivery, once. */
    @Test
    public void each_delivery_has_one_outcome_and_one_signal_of_it() {
        subscribe("works", spec -> spec.on(Cause.class, cause -> {}));
        subscribe("fails", spec -> retried(spec, 2).onEvent(Cause.class, delivery -> fail(delivery, 2)));
        subscribe("recovers", spec -> retried(spec, 2).onEvent(Cause.class, delivery -> fail(delivery, 1)));

        List<Receipt> receipts = publishFromSeveralThreads();
        receipts.forEach(patience::outcomes);
        patience.idle(bus);

        assertThat(recorded.signals(Signal.Settled.class).stream().map(settled -> settled.event().id() + " "
                + settled.subscription() + " " + settled.outcome())).as("signals of outcomes")
                .containsExactlyInAnyOrderElementsOf(receipts.stream().flatMap(DispatchContract::lines).toList());
        assertThat(receipts).as("outcomes by subscription").extracting(Receipt::outcomes).containsOnly(Map.of("works",
                Outcome.HANDLED, "fails", Outcome.DEAD_LETTERED, "recovers", Outcome.HANDLED));
    }

    /** A redrive is a new round: attempts are numbered on, and a letter that is handled is gone. */
    @Test
    public void a_dead_letter_is_redriven_to_its_own_subscription() {
        AtomicBoolean broken = new AtomicBoolean(true);
        subscribe("s", spec -> spec.onEvent(Cause.class, delivery -> {
            log.add(name(delivery));
            if (broken.get()) {
                throw new IOException("planted");
            }
        }));
        subscribe("other", spec -> spec.on(Cause.class, cause -> log.add("other")));
        patience.outcomes(publish(new Cause(0, 1)));
        broken.set(false);

        RedriveReport report = patience.result("a redrive", () -> bus.deadLetters().redrive(DeadLetterQuery.all()));

        assertThat(report).as("what became of one letter").isEqualTo(new RedriveReport(1, 0, 0));
        assertThat(log).as("attempts").containsExactlyInAnyOrder("1#1", "other", "1#2");
        assertThat(letters()).as("dead letters").isEmpty();
    }

    /* ---------------- closing ---------------- */

    /** Others go on, and the name can be taken again. */
    @Test
    public void a_closed_subscription_gets_nothing_more() {
        Subscription closed = subscribe("closed",
                spec -> spec.onEvent(Cause.class, delivery -> log.add(name(delivery))));
        subscribe("open", spec -> spec.on(Cause.class, cause -> {}));
        patience.outcomes(publish(new Cause(0, 1)));

        closed.close();
        Receipt after = patience.outcomes(publish(new Cause(0, 2)));

        assertThat(after.outcomes()).as("outcomes after the close").containsExactly(entry("open", Outcome.HANDLED));
        assertThat(log).as("attempts of the closed subscription").containsExactly("1#1");
        subscribe("closed", spec -> spec.on(Cause.class, cause -> {}));
    }

    /** Idle means that what was accepted has its outcome. */
    @Test
    public void drain_tells_when_everything_has_its_outcome() {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        Future<Receipt> publishing = publishTo(entered, gate);
        patience.await("the call of a handler", entered);

        assertThat(patience.result("a look", () -> bus.drain(Duration.ZERO))).as("whether a busy bus said it was idle")
                .isFalse();
        gate.countDown();
        patience.idle(bus);

        assertThat(patience.result("a publish", publishing).isDone()).as("whether all is done when the bus is idle")
                .isTrue();
    }

    /** From outside nothing gets in any more; a chain that has begun comes to its end. */
    @Test
    public void shutdown_waits_for_what_was_accepted_and_for_what_follows_from_it() {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        subscribe("effects", spec -> spec.on(Effect.class, effect -> log.add("effect")));
        Future<Receipt> publishing = publishTo(entered, gate);
        patience.await("the call of a handler", entered);

        Future<CloseReport> closing = patience.start(() -> bus.shutdown(patience()));
        patience.await("the signal that the shutdown has begun", shutdownBegun);
        assertThat(catchThrowable(() -> publish(new Effect(2)))).as("what a publish throws when the shutdown has begun")
                .isInstanceOf(BusClosedException.class);
        gate.countDown();

        CloseReport report = patience.result("a shutdown", closing);
        assertThat(report.finished()).as("whether the report is finished").isTrue();
        assertThat(report.returned()).as("deliveries that the shutdown cut off").isEmpty();
        assertThat(log).as("handlers of what was published meanwhile").containsExactly("effect");
        assertThat(patience.result("a publish", publishing).outcomes()).as("outcomes")
                .containsExactly(entry("s", Outcome.HANDLED));
    }

    /** What the deadline finds unfinished is listed once, and its handler interrupted. */
    @Test
    public void shutdown_returns_what_its_deadline_cuts_off() {
        CountDownLatch entered = new CountDownLatch(1);
        Future<Receipt> publishing = publishTo(entered, new CountDownLatch(1));
        patience.await("the call of a handler", entered);

        CloseReport report = patience.result("a shutdown", () -> bus.shutdown(Duration.ZERO));

        patience.await("the interrupt of a running handler", interrupted);
        assertThat(report.returned()).as("deliveries that the shutdown cut off").singleElement()
                .returns("s", ReturnedDelivery::subscription)
                .returns(ReturnedDelivery.State.RUNNING, ReturnedDelivery::state);
        assertThat(patience.result("a publish", publishing).outcomes()).as("outcomes")
                .containsExactly(entry("s", Outcome.RETURNED));
        assertThat(recorded.signals(Signal.Settled.class)).as("signals of outcomes").singleElement()
                .returns(Outcome.RETURNED, Signal.Settled::outcome);
    }

    // A subscription whose handler says that it was entered, waits, and publishes.
    private Future<Receipt> publishTo(CountDownLatch entered, CountDownLatch gate) {
        subscribe("s", spec -> spec.onEvent(Cause.class, delivery -> {
            entered.countDown();
            awaitGate(gate);
            publish(delivery, new Effect(1));
        }));
        return patience.start(() -> publish(new Cause(0, 1)));
    }

    private void awaitGate(CountDownLatch gate) throws InterruptedException {
        try {
            boolean unused = gate.await(patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupt) {
            interrupted.countDown();
            throw interrupt;
        }
    }

    /* ---------------- helpers ---------------- */

    private boolean isOrdered() {
        return isSynchronous() || isSerial();
    }

    private Subscription subscribe(String name, Consumer<SubscriptionSpec> choices) {
        return bus.subscribe(name, spec -> {
            choose(spec);
            choices.accept(spec);
        });
    }

    private static SubscriptionSpec retried(SubscriptionSpec spec, int attempts) {
        return spec.retry(RetryPolicy.fixed(Duration.ZERO).maxAttempts(attempts));
    }

    private Receipt publish(Object payload) {
        return bus.publish(payload, ONE_KEY);
    }

    private static Receipt publish(Delivery<?> delivery, Object payload) {
        EventPublisher publisher = delivery.publisher();
        return publisher.publish(payload, ONE_KEY);
    }

    private List<Receipt> publishFromSeveralThreads() {
        return patience.together("publishing", PUBLISHERS, publisher -> () -> IntStream.range(0, EVENTS)
                .mapToObj(i -> publish(new Cause(publisher, i))).toList()).stream().flatMap(List::stream).toList();
    }

    private void fail(Delivery<Cause> delivery, int attempts) throws IOException {
        log.add(name(delivery));
        if (delivery.attempt() <= attempts) {
            throw new IOException("planted");
        }
    }

    private static String name(Delivery<Cause> delivery) {
        return delivery.payload().number() + "#" + delivery.attempt();
    }

    private static Stream<String> lines(Receipt receipt) {
        return receipt.outcomes().entrySet().stream()
                .map(outcome -> receipt.eventId() + " " + outcome.getKey() + " " + outcome.getValue());
    }

    private List<DeadLetter> letters() {
        return bus.deadLetters().find(DeadLetterQuery.all());
    }
}
