/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.fault;

import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.subscribe.DeliveryHandler;
import dev.eventbus.subscribe.EventHandler;
import dev.eventbus.testkit.CheckReturnValue;
import dev.eventbus.testkit.Gate;
import dev.eventbus.testkit.TestEventBus;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong, in which calls, and in what: three words of a sentence.
 *
 * {@snippet class="dev.eventbus.testkit.fault.FaultDemonstrationTest" region="failing"}
 *
 * <p>Every call goes wrong unless calls are chosen, once. Each {@code in} wraps one thing, which counts its own calls from
 * 1: of a handler those are attempts, retries and redrives included. The same calls go wrong in every run, as far as they
 * come in the same order; on a {@link TestEventBus} that is not threaded they do. For several faults wrap one around the
 * other: the inner one counts the calls that the outer one lets through. Immutable.
 *
 * @since 0.1
 */
@CheckReturnValue
public final class Fault {
    private final String kind;
    private final Disturbance disturbance;
    private final boolean duplicating;
    private final Calls calls;

    private Fault(String kind, Disturbance disturbance, boolean duplicating, Calls calls) {
        this.kind = kind;
        this.disturbance = disturbance;
        this.duplicating = duplicating;
        this.calls = calls;
    }

    private static Fault of(String kind, Disturbance disturbance) {
        return new Fault(kind, disturbance, false, Calls.EVERY);
    }

    /* ---------------- what goes wrong ---------------- */

    /**
     * Fails with an {@link InjectedFault}, and does not reach what was called.
     *
     * @return a fault of every call
     */
    public static Fault failing() {
        return of("failing", call -> {
            throw new InjectedFault(call);
        });
    }

    /**
     * Fails with an exception of the test's own, and does not reach what was called.
     *
     * {@snippet class="dev.eventbus.testkit.fault.FaultDemonstrationTest" region="supplied"}
     *
     * @param exception makes a new one for each failing call; unchecked ones alone, where publishers and stores fail
     * @return a fault of every call
     */
    public static Fault failing(Supplier<? extends Exception> exception) {
        Objects.requireNonNull(exception, "exception");
        return of("failing", call -> {
            throw supplied(exception, call);
        });
    }

    /**
     * Fails with an {@code Error}, which no policy retries, and does not reach what was called.
     *
     * {@snippet class="dev.eventbus.testkit.fault.FaultDemonstrationTest" region="error"}
     *
     * @param error makes a new one for each failing call
     * @return a fault of every call
     */
    public static Fault failingWithError(Supplier<? extends Error> error) {
        Objects.requireNonNull(error, "error");
        return of("failing with an error", call -> {
            throw supplied(error, call);
        });
    }

    /**
     * Takes some time of the bus before it goes on, by {@link TestEventBus#sleep}; an interrupt ends it.
     *
     * {@snippet class="dev.eventbus.testkit.fault.FaultDemonstrationTest" region="slow"}
     *
     * @param bus whose time it takes
     * @param duration how much, more than zero
     * @return a fault of every call
     * @throws IllegalArgumentException if the duration is not more than zero
     */
    public static Fault slow(TestEventBus bus, Duration duration) {
        Objects.requireNonNull(bus, "bus");
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("duration must be > PT0S, was " + duration);
        }
        return of("slow by " + duration, call -> bus.sleep(duration));
    }

    /**
     * Waits until it is interrupted: by the timeout of its subscription, or the end of the bus.
     *
     * {@snippet class="dev.eventbus.testkit.fault.FaultDemonstrationTest" region="hanging"}
     *
     * @param bus by whose means it waits
     * @return a fault of every call
     */
    public static Fault hanging(TestEventBus bus) {
        return hanging(Gate.closed(bus));
    }

    /**
     * Waits until a gate is opened, and goes on, or is interrupted.
     *
     * {@snippet class="dev.eventbus.testkit.fault.FaultDemonstrationTest" region="released"}
     *
     * @param until opened by the test; once open, nothing waits any more
     * @return a fault of every call
     */
    public static Fault hanging(Gate until) {
        Objects.requireNonNull(until, "until");
        return of("hanging", call -> until.await());
    }

    /**
     * Does what was called twice, one after the other, as if the first answer had been lost.
     *
     * {@snippet class="dev.eventbus.testkit.fault.FaultDemonstrationTest" region="duplicating"}
     *
     * <p>The caller gets the second answer. If the first time fails, there is no second.
     *
     * @return a fault of every call
     */
    public static Fault duplicating() {
        return new Fault("duplicating", call -> {}, true, Calls.EVERY);
    }

    /* ---------------- in which calls ---------------- */

    /**
     * Leaves all calls alone but these.
     *
     * @param first number of a call, from 1
     * @param more numbers of further calls, from 1, each once
     * @return the fault of those calls
     * @throws IllegalArgumentException if a number is less than 1 or named twice
     * @throws IllegalStateException if calls were chosen before
     */
    public Fault onCalls(int first, int... more) {
        return on(Calls.of(first, more));
    }

    /**
     * Leaves all calls alone but the first ones.
     *
     * @param count how many, at least 1
     * @return the fault of those calls
     * @throws IllegalArgumentException if the count is less than 1
     * @throws IllegalStateException if calls were chosen before
     */
    public Fault onFirst(int count) {
        return on(Calls.first(count));
    }

    /**
     * Leaves all calls alone but those with a multiple of a number.
     *
     * @param step the number, at least 2: with 3 the calls 3, 6, 9 and so on
     * @return the fault of those calls
     * @throws IllegalArgumentException if the step is less than 2
     * @throws IllegalStateException if calls were chosen before
     */
    public Fault onEach(int step) {
        return on(Calls.each(step));
    }

    /**
     * Leaves all calls alone but those that a seed draws.
     *
     * {@snippet class="dev.eventbus.testkit.fault.FaultDemonstrationTest" region="random"}
     *
     * <p>What is drawn for a call depends on the seed and the number of the call alone.
     *
     * @param chance share of the calls, more than 0, at most 1
     * @param seed any number; the same seed draws the same calls, on every JDK
     * @return the fault of those calls
     * @throws IllegalArgumentException if the chance is none
     * @throws IllegalStateException if calls were chosen before
     */
    public Fault atRandom(double chance, long seed) {
        return on(Calls.atRandom(chance, seed));
    }

    private Fault on(Calls chosen) {
        if (!calls.equals(Calls.EVERY)) {
            throw new IllegalStateException(this + " has its calls already, and was to be " + chosen.words()
                    + " too; choose calls once, or wrap one fault around another");
        }
        return new Fault(kind, disturbance, duplicating, chosen);
    }

    /* ---------------- in what ---------------- */

    /**
     * Gives a handler this fault.
     *
     * @param <E> type of the payload
     * @param handler what is called otherwise
     * @return a handler that counts its calls; thread-safe if the handler is
     */
    public <E> EventHandler<E> in(EventHandler<? super E> handler) {
        Objects.requireNonNull(handler, "handler");
        CountedCalls counted = new CountedCalls(this);
        return payload -> counted.<@Nullable Void>make("EventHandler.handle(" + typeOf(payload) + ")", () -> {
            handler.handle(payload);
            return null;
        });
    }

    /**
     * Gives a handler of deliveries this fault; a name of its own, as {@code onEvent} beside {@code on}.
     *
     * @param <E> type of the payload
     * @param handler what is called otherwise
     * @return a handler that counts its calls; thread-safe if the handler is
     */
    public <E> DeliveryHandler<E> inEvent(DeliveryHandler<E> handler) {
        Objects.requireNonNull(handler, "handler");
        CountedCalls counted = new CountedCalls(this);
        return delivery -> counted.<@Nullable Void>make(
                "DeliveryHandler.handle(" + typeOf(delivery.payload()) + ")", () -> {
                    handler.handle(delivery);
                    return null;
                });
    }

    /**
     * Gives a publisher this fault, for code that is given an {@code EventPublisher}: a publish that fails has reached no
     * subscription.
     *
     * {@snippet class="dev.eventbus.testkit.fault.FaultDemonstrationTest" region="buffer"}
     *
     * <p>Publishes past it, by the bus itself or inside handlers, are not counted. Where the buffer itself is to be full, for
     * all publishers and with what the bus does then, a subscription that is paused does it:
     *
     * {@snippet class="dev.eventbus.testkit.fault.FaultDemonstrationTest" region="paused"}
     *
     * @param publisher what is called otherwise
     * @return a publisher that counts its calls; thread-safe if the publisher is
     */
    public EventPublisher in(EventPublisher publisher) {
        Objects.requireNonNull(publisher, "publisher");
        return new FaultyPublisher(publisher, new CountedCalls(this));
    }

    /**
     * Gives some methods of a dead letter store this fault; their calls are counted together.
     *
     * {@snippet class="dev.eventbus.testkit.fault.FaultDemonstrationTest" region="store"}
     *
     * @param store what is called otherwise
     * @param method a method
     * @param more further methods
     * @return a store that counts its calls; thread-safe if the store is
     */
    public DeadLetterStore in(DeadLetterStore store, StoreMethod method, StoreMethod... more) {
        Objects.requireNonNull(store, "store");
        return new FaultyDeadLetterStore(store, EnumSet.of(method, more), new CountedCalls(this));
    }

    /* ---------------- a call ---------------- */

    boolean chooses(long call) {
        return calls.chosen().test(call);
    }

    void disturb(FaultyCall call) throws Exception {
        disturbance.happen(call);
    }

    boolean isDuplicating() {
        return duplicating;
    }

    String words() {
        return kind + " " + calls.words();
    }

    /** Names the type of a payload, which itself is never printed. */
    static String typeOf(@Nullable Object payload) {
        return payload == null ? "null" : payload.getClass().getName();
    }

    private static <X extends Throwable> X supplied(Supplier<? extends X> supplier, FaultyCall call) {
        X thrown = supplier.get();
        if (thrown == null) {
            throw new IllegalStateException("The supplier of a fault (" + call.fault().words() + ") returned null for "
                    + call + "; return something to throw");
        }
        return thrown;
    }

    /** Says what goes wrong, and in which calls. */
    @Override
    public String toString() {
        return "Fault[" + words() + "]";
    }
}
