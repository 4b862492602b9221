/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.outcome;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.deadletter.FailedAttempt;
import dev.eventbus.deadletter.Parking;
import dev.eventbus.deadletter.Sequence;
import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.deadletter.WhenFull;
import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.deadletter.DeadLetterSink;
import dev.eventbus.internal.deliver.DeliveryRound;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Slot;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.ReturnedDelivery.State;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.Outcome;
import dev.eventbus.subscribe.HandlerFailedException;
import dev.eventbus.subscribe.Ordering;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings deliveries to their one final outcome, with one count and one signal each (D-1). Thread-safe. */
public final class Endings {
    /** What became of an event whose sequence may be parked. */
    public enum ParkAnswer {
        /** The delivery has ended: the event is a letter behind the others, or where there was no place the last resort's. */
        PARKED,
        /** The sequence is not parked, or no longer: nothing has happened. */
        NOT_PARKED,
        /** The sequence is full and its policy says that the event waits: nothing has happened. */
        HOLD
    }

    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");

    private final Ports ports;
    private final Signals signals;
    private final DeadLetterSink deadLetters;

    /**
     * Creates it.
     *
     * @param ports clock and ids
     * @param signals who is told
     * @param deadLetters where given up deliveries go
     */
    public Endings(Ports ports, Signals signals, DeadLetterSink deadLetters) {
        this.ports = ports;
        this.signals = signals;
        this.deadLetters = deadLetters;
    }

    /**
     * Ends a delivery whose handler has returned.
     *
     * @param event what was delivered
     * @param index to which target
     * @param subscriber that target's
     * @param attempt number of the attempt
     * @param elapsed how long it took, or null where it was not timed
     * @param stripe stripe of the counter that the caller owns
     */
    public void handled(Publication<?> event, int index, Subscriber subscriber, int attempt, @Nullable Duration elapsed,
            int stripe) {
        if (!signals.active()) {
            if (event.settle(index, Outcome.HANDLED)) {
                subscriber.countHandled(stripe);
            }
        } else if (event.claim(index)) {
            try {
                subscriber.countHandled(stripe);
                signals.tell(new Signal.Handled(event, subscriber.name(), attempt,
                        elapsed == null ? Duration.ZERO : elapsed, sincePublish(event)));
            } finally {
                event.finish(index, Outcome.HANDLED);
            }
        }
    }

    private @Nullable Duration sincePublish(Publication<?> event) {
        if (event.publishedNanos() == Publication.NOT_MEASURED) {
            return null;
        }
        try {
            return Duration.ofNanos(ports.clocks().monotonicNanos() - event.publishedNanos());
        } catch (RuntimeException broken) { // a clock that throws must not undo what was handled
            return null;
        }
    }

    /**
     * Ends a delivery that was not handled and becomes no letter.
     *
     * @param event what was delivered
     * @param index to which target
     * @param outcome final
     * @return false if it had ended
     */
    public boolean end(Publication<?> event, int index, Outcome outcome) {
        if (!event.claim(index)) {
            return false;
        }
        try {
            Subscriber subscriber = event.target(index).subscriber();
            subscriber.countSettled(outcome);
            if (signals.active()) {
                signals.tell(new Signal.Ended(event, subscriber.name(), outcome));
            }
        } finally {
            event.finish(index, outcome);
        }
        return true;
    }

    /**
     * Gives up: a dead letter, or an exception for the publisher.
     *
     * @param event what was delivered
     * @param index to which target
     * @param reason why
     * @param failure the last one
     * @param attempts every failed attempt
     * @param redriven the letter that came back, or null
     * @return the exception, or null
     */
    public @Nullable HandlerFailedException giveUp(Publication<?> event, int index, DeadLetterReason reason,
            Throwable failure,
            List<FailedAttempt> attempts, @Nullable DeadLetter redriven) {
        Subscriber subscriber = event.target(index).subscriber();
        if (redriven == null && subscriber.propagates()) {
            return propagate(event, index, failure, attempts);
        }
        if (redriven != null) {
            DeadLetter again = again(redriven, reason, attempts);
            deadLetter(event, index, () -> deadLetters.keepAgain(again, failure));
            return null;
        }
        Sequence sequence = sequenceOf(event, index);
        DeadLetter letter = letter(event, index, reason, attempts, sequence);
        deadLetter(event, index, () -> keep(letter, sequence, subscriber, failure));
        return null;
    }

    /**
     * Ends a delivery whose failure is the publisher's.
     *
     * @param event what was delivered
     * @param index to which target
     * @param failure the last one
     * @param attempts failed attempts
     * @return the exception, or null if it had ended
     */
    public @Nullable HandlerFailedException propagate(Publication<?> event, int index, Throwable failure,
            List<FailedAttempt> attempts) {
        return end(event, index, Outcome.PROPAGATED)
                ? new HandlerFailedException(event.target(index).subscriber().name(), event.id(), event.typeName(),
                        DeliveryRound.nextAttempt(attempts) - 1, failure)
                : null;
    }

    private void keep(DeadLetter letter, @Nullable Sequence sequence, Subscriber subscriber, Throwable failure) {
        if (sequence == null) {
            deadLetters.keep(letter, failure);
        } else {
            deadLetters.park(letter, sequence, policyOf(subscriber).letters(), failure);
        }
    }

    /**
     * Ends a delivery that found no place as a dead letter. It stands outside of its sequence: what was accepted before it
     * may still be on its way, and would be parked behind it.
     *
     * @param event what was published
     * @param index for which target
     */
    public void overflowed(Publication<?> event, int index) {
        DeadLetter letter = letter(event, index, DeadLetterReason.OVERFLOW, List.of(), null);
        deadLetter(event, index, () -> deadLetters.keep(letter, null));
    }

    // The letter is made before the claim: clocks may throw.
    private boolean deadLetter(Publication<?> event, int index, Runnable keep) {
        if (!event.claim(index)) {
            return false;
        }
        try {
            keep.run();
            event.target(index).subscriber().countSettled(Outcome.DEAD_LETTERED);
        } finally {
            event.finish(index, Outcome.DEAD_LETTERED);
        }
        return true;
    }

    private DeadLetter letter(Publication<?> event, int index, DeadLetterReason reason, List<FailedAttempt> attempts,
            @Nullable Sequence sequence) {
        return new DeadLetter(ports.ids().nextId(), event, event.target(index).subscriber().name(), reason, attempts,
                sequence == null ? keyOf(event, index) : sequence.key(), ports.now(), sequence != null, List.of());
    }

    private DeadLetter again(DeadLetter letter, DeadLetterReason reason, List<FailedAttempt> attempts) {
        return new DeadLetter(letter.id(), letter.event(), letter.subscription(), reason, attempts, letter.key(),
                ports.now(), letter.sequenced(), letter.edits());
    }

    /* ---------------- sequences ---------------- */

    /**
     * Finds the sequence that an event belongs to in a subscription.
     *
     * @param event what is delivered
     * @param index to which target
     * @return the subscription and, by key, the key; null where dead letters are not sequenced, there is no order to keep, or
     *     a filter or key function threw: such an event has no turn, and what was accepted before it may still be on its way
     */
    public @Nullable Sequence sequenceOf(Publication<?> event, int index) {
        Subscriber subscriber = event.target(index).subscriber();
        if (!policyOf(subscriber).isSequenced() || event.undecided(index) != null) {
            return null;
        }
        if (subscriber.laneSettings() == null) {
            Object key = event.key();
            return key == null ? null : new Sequence(subscriber.name(), Printable.key(key));
        }
        return switch (subscriber.laneSettings().ordering()) {
            case Ordering.Serial serial -> new Sequence(subscriber.name(), null);
            case Ordering.ByKey byKey -> new Sequence(subscriber.name(), keyOf(event, index));
            case Ordering.Unordered unordered -> null;
        };
    }

    private static SequencePolicy policyOf(Subscriber subscriber) {
        SequencePolicy policy = subscriber.policies().sequencing();
        return policy == null ? SequencePolicy.none() : policy;
    }

    /**
     * Tells whether a sequence may be parked; never asks the store.
     *
     * @param sequence from {@link #sequenceOf}
     * @return false only if no letter of the sequence is in the store; true means {@link #parkBehind}
     */
    public boolean isParked(Sequence sequence) {
        return deadLetters.isParked(sequence);
    }

    /**
     * Parks an event behind the letters of its sequence, if there are any.
     *
     * <p>The store decides and keeps in one step, before the delivery is claimed, since a claim cannot be taken back. If a
     * shutdown ends the delivery in between, the letter is taken out again.
     *
     * @param event what was to be delivered
     * @param index to which target
     * @param sequence from {@link #sequenceOf}
     * @param attempts failed attempts: others of the sequence may have been given up while it waited for a retry
     * @return what became of it; it is PARKED also where the delivery had ended before
     */
    public ParkAnswer parkBehind(Publication<?> event, int index, Sequence sequence, List<FailedAttempt> attempts) {
        SequencePolicy policy = policyOf(event.target(index).subscriber());
        DeadLetter letter = letter(event, index, DeadLetterReason.PARKED_BEHIND, attempts, sequence);
        DeadLetterSink.Answer answer = deadLetters.askToPark(letter, sequence, policy.letters());
        if (answer.parking() == Parking.NOT_PARKED) {
            return ParkAnswer.NOT_PARKED;
        }
        if (answer.parking() == Parking.SEQUENCE_FULL && policy.whenFull() == WhenFull.HOLD) {
            return ParkAnswer.HOLD;
        }
        if (!deadLetter(event, index, () -> deadLetters.parked(letter, answer))
                && answer.parking() == Parking.KEPT) {
            deadLetters.takeBack(letter);
        }
        return ParkAnswer.PARKED;
    }

    /**
     * Runs a task once, when a letter of a sequence has been removed. Whoever was told to HOLD registers first and then
     * parks once more: a removal before that shows in the answer, and one after it runs the task.
     *
     * @param sequence the sequence
     * @param task short, and waits for nothing; equal ones count once
     */
    public void whenRoom(Sequence sequence, Runnable task) {
        deadLetters.whenRoom(sequence, task);
    }

    private static @Nullable String keyOf(Publication<?> event, int index) {
        for (Slot slot = event.slots(); slot != null; slot = slot.sibling()) {
            if (slot.index() == index) {
                return slot.printedKey();
            }
        }
        return null;
    }

    /**
     * Ends a delivery in lanes that a shutdown cuts off, and lists it.
     *
     * @param event what was delivered
     * @param index to which target
     * @param state where the shutdown found it
     * @param failed attempts that had failed
     * @param returned takes it, unless it is a redriven letter, which is still in its store
     * @return false if it had ended
     */
    public boolean returned(Publication<?> event, int index, State state, int failed, List<ReturnedDelivery> returned) {
        if (!end(event, index, Outcome.RETURNED)) {
            return false;
        }
        if (!event.isRedrive()) {
            returned.add(new ReturnedDelivery(event, event.target(index).subscriber().name(), state, failed));
        }
        return true;
    }

    /**
     * Ends a delivery for which not even a letter can be written: what the bus was given fails for good.
     *
     * @param event what was delivered
     * @param index to which target
     * @param broken why
     */
    public void lost(Publication<?> event, int index, Throwable broken) {
        if (event.settle(index, Outcome.DEAD_LETTERED)) {
            Subscriber subscriber = event.target(index).subscriber();
            subscriber.countSettled(Outcome.DEAD_LETTERED);
            LOG.error(
                    "lost {} in subscription '{}': no dead letter could be written, {}; mend the clock or the runtime",
                    event, subscriber.name(), Printable.describe(broken));
        }
    }

    /**
     * Ends what is open of an event that a shutdown cuts off, and lists it. The synchronous deliveries of an event end in
     * their order, so the first open one has begun, or was about to; unless one is ending by itself, then none has. Those
     * in lanes that are still open have not been handed over.
     *
     * @param event what was delivered
     * @param progress how far its thread had come
     * @param returned takes what is listed
     * @return whether the delivery that had begun was returned: its handler may be running
     */
    public boolean returned(Publication<?> event, Progress progress, List<ReturnedDelivery> returned) {
        int begun = event.isEnding() || !progress.begun() ? -1 : event.firstOpen();
        boolean running = false;
        for (int i = 0; i < event.size(); i++) {
            if (event.isOpen(i) && end(event, i, Outcome.RETURNED)) {
                running |= i == begun;
                if (!event.isRedrive()) { // a redriven letter is still in its store
                    returned.add(progress.describe(event, i, i == begun));
                }
            }
        }
        return running;
    }
}
