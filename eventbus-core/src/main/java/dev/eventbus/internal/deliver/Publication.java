/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.event.Metadata;
import dev.eventbus.internal.check.Checks;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.internal.runtime.WaitPoint;
import dev.eventbus.publish.Outcome;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.WouldDeadlockException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * One published event: its envelope, its receipt and the state of its deliveries in one object, so that a publish
 * allocates once (ADR 3).
 *
 * <p>{@code OPEN -> HANDLED | PROPAGATED | CANCELLED | RETURNED}, or no delivery at all where a filter leaves it out,
 * by one compare-and-set; or {@code OPEN -> CLAIMED}, by one too, and from there to a final outcome by the claimer
 * alone. A claim is for an end that takes steps (keeping the letter, telling observers), so that nobody sees an outcome
 * before its effects. Thread-safe.
 *
 * @param <E> type of the payload
 */
public final class Publication<E> implements EventEnvelope<E>, Receipt {
    /** In place of the time of the publish, when nobody measures. */
    public static final long NOT_MEASURED = Long.MIN_VALUE;

    private static final VarHandle STATES;
    private static final VarHandle WAITERS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATES = lookup.findVarHandle(Publication.class, "states", long.class);
            WAITERS = lookup.findVarHandle(Publication.class, "waiters", WaitPoint.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final E payload;
    private final Plan plan;
    private final Origin origin;
    private final long idHigh;
    private final long idLow;
    private final long wallMillis;
    private final long publishedNanos; // or NOT_MEASURED
    private final @Nullable AtomicLongArray more; // the states from the 17th delivery on
    private volatile long states; // VarHandle STATES, volatile: the first 16 deliveries
    private volatile @Nullable WaitPoint waiters; // VarHandle WAITERS, volatile
    private @Nullable Origin children; // benign race: immutable, always the same
    private @Nullable Undecided undecided; // written before the event is accepted, read after
    private @Nullable Slot slots; // the same; the first of a list by their links

    /**
     * Creates an event.
     *
     * @param payload the user's object
     * @param plan what it shares with others of its class
     * @param origin explicit and inherited metadata
     * @param idHigh upper half of the id
     * @param idLow lower half of the id
     * @param wallMillis time of the publish
     * @param publishedNanos the same on the monotonic clock, or {@link #NOT_MEASURED}
     */
    public Publication(E payload, Plan plan, Origin origin, long idHigh, long idLow, long wallMillis,
            long publishedNanos) {
        this.payload = payload;
        this.plan = plan;
        this.origin = origin;
        this.idHigh = idHigh;
        this.idLow = idLow;
        this.wallMillis = wallMillis;
        this.publishedNanos = publishedNanos;
        this.more = plan.size() > OutcomeBits.PER_WORD
                ? new AtomicLongArray((plan.size() - 1) / OutcomeBits.PER_WORD)
                : null;
    }

    /* ---------------- envelope ---------------- */

    @Override
    public UUID id() {
        return new UUID(idHigh, idLow);
    }

    @Override
    public E payload() {
        return payload;
    }

    @Override
    public Metadata metadata() {
        return origin.metadata(id(), plan.type(), wallMillis);
    }

    /**
     * Returns what events inherit that are published while this one is handled.
     *
     * @return the same for all of them
     */
    public Origin children() {
        Origin known = children;
        if (known == null) {
            known = origin.ofChildren(id());
            children = known;
        }
        return known;
    }

    /* ---------------- deliveries ---------------- */

    /**
     * Returns one target.
     *
     * @param index from 0
     * @return the target
     */
    public Target target(int index) {
        return plan.target(index);
    }

    /**
     * Counts the targets, those that filters leave out included.
     *
     * @return how many
     */
    public int size() {
        return plan.size();
    }

    /**
     * Returns the type.
     *
     * @return name and version
     */
    public String typeName() {
        return plan.type().name();
    }

    /**
     * Returns when it was published, if somebody measures.
     *
     * @return the monotonic clock, or {@link #NOT_MEASURED}
     */
    public long publishedNanos() {
        return publishedNanos;
    }

    /**
     * Tells whether it has a time to live.
     *
     * @return false for the plain path
     */
    public boolean expires() {
        return publishedNanos != NOT_MEASURED && origin.expiresAfter() != null; // its publish is measured
    }

    /**
     * Tells whether its time to live is over; it has been published with the time noted.
     *
     * @return false for ever where it has none
     */
    public boolean isExpired() {
        Duration most = origin.expiresAfter();
        return most != null && plan.ports().clocks().monotonicNanos() - publishedNanos >= Ports.toNanos(most);
    }

    /**
     * Tells whether it comes back from a dead letter.
     *
     * @return true for a further round
     */
    public boolean isRedrive() {
        return origin.given() != null;
    }

    /**
     * Tells whether a delivery waits for somebody to begin it.
     *
     * @param index which one
     * @return false once it is claimed or has ended
     */
    public boolean isOpen(int index) {
        return OutcomeBits.code(word(index), index) == 0;
    }

    /**
     * Ends an open delivery; the linearization point is the compare-and-set.
     *
     * @param index which one
     * @param outcome final
     * @return false if another was faster
     */
    public boolean settle(int index, Outcome outcome) {
        return move(index, 0, OutcomeBits.code(outcome));
    }

    /**
     * Takes an open delivery, to end it by {@link #finish}.
     *
     * @param index which one
     * @return false if another was faster
     */
    public boolean claim(int index) {
        return move(index, 0, OutcomeBits.CLAIMED);
    }

    /**
     * Ends a claimed delivery.
     *
     * @param index which one
     * @param outcome final
     */
    public void finish(int index, Outcome outcome) {
        move(index, OutcomeBits.CLAIMED, OutcomeBits.code(outcome));
    }

    /**
     * Notes that a filter leaves the event out; before the event is accepted.
     *
     * @param index of the target
     */
    public void leaveOut(int index) {
        move(index, 0, OutcomeBits.FILTERED);
    }

    /**
     * Notes that a filter threw; before the event is accepted.
     *
     * @param index of the target
     * @param failure what it threw
     */
    public void filterFailed(int index, Throwable failure) {
        undecided = new Undecided(index, DeadLetterReason.FILTER_FAILED, failure, undecided);
    }

    /**
     * Notes that a key function threw; before the event is accepted.
     *
     * @param index of the target
     * @param failure what it threw
     */
    public void keyFailed(int index, Throwable failure) {
        undecided = new Undecided(index, DeadLetterReason.KEY_FAILED, failure, undecided);
    }

    /**
     * Returns what a filter or key function threw.
     *
     * @param index of the target
     * @return the failure, or null as nearly always
     */
    public @Nullable Undecided undecided(int index) {
        for (Undecided at = undecided; at != null; at = at.next()) {
            if (at.index() == index) {
                return at;
            }
        }
        return null;
    }

    /**
     * Returns the slots of the targets on virtual threads.
     *
     * @return the first of them, or null
     */
    public @Nullable Slot slots() {
        return slots;
    }

    /**
     * Keeps the slots; before the event is accepted.
     *
     * @param first the first of them
     */
    public void slots(@Nullable Slot first) {
        slots = first;
    }

    /**
     * Tells whether some target is on virtual threads.
     *
     * @return false for the plain synchronous path
     */
    public boolean hasLanes() {
        return plan.hasLanes();
    }

    /**
     * Returns the key of the envelope.
     *
     * @return the key, or null
     */
    public @Nullable Object key() {
        return origin.key();
    }

    /**
     * Returns the first synchronous delivery that is open: these end in their order.
     *
     * @return its index, or -1 if none is
     */
    public int firstOpen() {
        int index = 0;
        while (index < plan.size() && (!isOpen(index) || plan.target(index).inlet() != null)) {
            index++;
        }
        return index == plan.size() ? -1 : index;
    }

    /**
     * Tells whether somebody is bringing a synchronous delivery to its end.
     *
     * @return true between a claim and its finish
     */
    public boolean isEnding() {
        for (int index = 0; index < plan.size(); index++) {
            if (OutcomeBits.code(word(index), index) == OutcomeBits.CLAIMED && plan.target(index).inlet() == null) {
                return true;
            }
        }
        return false;
    }

    private boolean move(int index, int from, int to) {
        long seen = word(index);
        while (OutcomeBits.code(seen, index) == from) {
            if (compareAndSet(index, seen, OutcomeBits.with(seen, index, to))) {
                if (waiters != null && isDone()) {
                    waiters.wakeAll();
                }
                return true;
            }
            seen = word(index);
        }
        return false;
    }

    private long word(int index) {
        if (more == null || index < OutcomeBits.PER_WORD) {
            return states;
        }
        return more.get(index / OutcomeBits.PER_WORD - 1);
    }

    private boolean compareAndSet(int index, long seen, long next) {
        if (more == null || index < OutcomeBits.PER_WORD) {
            return STATES.compareAndSet(this, seen, next);
        }
        return more.compareAndSet(index / OutcomeBits.PER_WORD - 1, seen, next);
    }

    /* ---------------- receipt ---------------- */

    @Override
    public UUID eventId() {
        return id();
    }

    /**
     * Returns the state of one delivery.
     *
     * @param index which one
     * @return its outcome so far
     */
    public Outcome outcome(int index) {
        return OutcomeBits.outcome(OutcomeBits.code(word(index), index));
    }

    @Override
    public Map<String, Outcome> outcomes() {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (int i = 0; i < plan.size(); i++) {
            if (isDelivery(i)) {
                outcomes.put(plan.target(i).subscriber().name(), outcome(i));
            }
        }
        return Collections.unmodifiableMap(outcomes);
    }

    @Override
    public Set<String> open() {
        Set<String> open = new LinkedHashSet<>();
        outcomes().forEach((name, outcome) -> {
            if (outcome == Outcome.OPEN) {
                open.add(name);
            }
        });
        return Collections.unmodifiableSet(open);
    }

    /**
     * Counts the deliveries: the targets that no filter leaves out.
     *
     * @return how many
     */
    public int deliveries() {
        int deliveries = 0;
        for (int i = 0; i < plan.size(); i++) {
            deliveries += isDelivery(i) ? 1 : 0;
        }
        return deliveries;
    }

    private boolean isDelivery(int index) {
        return OutcomeBits.code(word(index), index) != OutcomeBits.FILTERED;
    }

    @Override
    public boolean isDone() {
        for (int from = 0; from < plan.size(); from += OutcomeBits.PER_WORD) {
            if (!OutcomeBits.allEnded(word(from), plan.size() - from)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Receipt await(Duration timeout) throws InterruptedException {
        Checks.notNegative(timeout, "timeout");
        if (!isDone()) {
            if (!timeout.isZero() && Scopes.mustHandle(this)) {
                throw WouldDeadlockException.receipt(id());
            }
            waitPoint().await(this::isDone, plan.ports().deadlineNanos(timeout));
        }
        return this;
    }

    private WaitPoint waitPoint() {
        WaitPoint mine = new WaitPoint(plan.ports());
        WaitPoint there = (WaitPoint) WAITERS.compareAndExchange(this, null, mine);
        return there == null ? mine : there;
    }

    /** Names id and type; the payload is the user's and is never printed. */
    @Override
    public String toString() {
        return "Event[id=" + id() + ", type=" + plan.type().name() + "]";
    }
}
