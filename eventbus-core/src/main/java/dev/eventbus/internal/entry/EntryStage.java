/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.entry;

import dev.eventbus.deadletter.FailedAttempt;
import dev.eventbus.deadletter.Sequence;
import dev.eventbus.idempotency.IdempotencyPolicy;
import dev.eventbus.internal.deadletter.DeadLetterSink;
import dev.eventbus.internal.deliver.DeliveryPolicies;
import dev.eventbus.internal.deliver.DeliveryRound;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.idempotency.ClaimAnswer;
import dev.eventbus.internal.idempotency.IdempotencyGuard;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.outcome.Endings;
import dev.eventbus.internal.outcome.Endings.ParkAnswer;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the handler of a delivery may be called: is its time to live over, is its sequence parked, has its
 * idempotency key been handled? In that order (D-2), before each attempt. Thread-safe.
 */
public final class EntryStage {
    private final Endings endings;
    private final DeadLetterSink letters;
    private final IdempotencyGuard idempotency;
    private final Signals signals;

    /**
     * Creates the stage.
     *
     * @param endings ends what does not enter
     * @param letters knows the parked sequences
     * @param idempotency knows the keys
     * @param signals who is told
     */
    public EntryStage(Endings endings, DeadLetterSink letters, IdempotencyGuard idempotency, Signals signals) {
        this.endings = endings;
        this.letters = letters;
        this.idempotency = idempotency;
        this.signals = signals;
    }

    /**
     * Tells whether an event may go straight to its handler, as most do; allocates nothing.
     *
     * @param event what is delivered
     * @param subscriber to whom
     * @return false if there is something to ask
     */
    public boolean isFree(Publication<?> event, Subscriber subscriber) {
        DeliveryPolicies policies = subscriber.policies();
        return !event.expires() && policies.idempotency() == null
                && (policies.sequencing() == null || !letters.hasParked());
    }

    /**
     * Asks for entry; never waits.
     *
     * @param event what is delivered
     * @param index which of its targets
     * @param failed the round, if an attempt of it has failed, else null
     * @param again run once when it is worth asking again, after an answer that says so
     * @return what to do
     */
    public Entry enter(Publication<?> event, int index, @Nullable DeliveryRound failed, Runnable again) {
        if (failed == null && event.expires() && event.isExpired()) {
            endings.end(event, index, Outcome.EXPIRED);
            return Entry.Over.INSTANCE;
        }
        Subscriber subscriber = event.target(index).subscriber();
        Entry parked = subscriber.policies().sequencing() == null || event.isRedrive()
                ? null
                : behindLetters(event, index, failed == null ? List.of() : failed.attempts(), again);
        if (parked != null) {
            return parked;
        }
        IdempotencyPolicy policy = subscriber.policies().idempotency();
        return policy == null ? Entry.Enter.FREE : claim(event, index, subscriber.name(), policy, again);
    }

    // one look into a set in memory for as long as nothing is parked
    private @Nullable Entry behindLetters(Publication<?> event, int index, List<FailedAttempt> attempts,
            Runnable again) {
        Sequence sequence = endings.sequenceOf(event, index);
        if (sequence == null || !letters.isParked(sequence)) {
            return null;
        }
        ParkAnswer answer = endings.parkBehind(event, index, sequence, attempts);
        if (answer == ParkAnswer.HOLD) { // there may have been room before anybody was to be told of it
            letters.whenRoom(sequence, again);
            answer = endings.parkBehind(event, index, sequence, attempts);
        }
        return switch (answer) {
            case PARKED -> Entry.Over.INSTANCE;
            case NOT_PARKED -> null;
            case HOLD -> new Entry.Wait(Entry.Wait.UNTIL_TOLD, true);
        };
    }

    private Entry claim(Publication<?> event, int index, String subscription, IdempotencyPolicy policy,
            Runnable again) {
        String key;
        try {
            key = policy.keyOf(event);
        } catch (Throwable failure) { // of the user's key function
            return new Entry.Broken(failure);
        }
        return switch (idempotency.claim(subscription, key, policy, again)) {
            case ClaimAnswer.Granted granted -> granted(subscription, granted);
            case ClaimAnswer.Duplicate duplicate -> {
                endings.end(event, index, Outcome.DUPLICATE);
                yield Entry.Over.INSTANCE;
            }
            case ClaimAnswer.BusyHere here -> new Entry.Wait(Entry.Wait.UNTIL_TOLD, false);
            case ClaimAnswer.BusyElsewhere elsewhere -> new Entry.Wait(elsewhere.askAgainNanos(), false);
            case ClaimAnswer.Broken broken -> new Entry.Broken(broken.failure());
        };
    }

    private Entry granted(String subscription, ClaimAnswer.Granted granted) {
        if (granted.forgotten() > 0 && signals.active()) {
            signals.tell(new Signal.KeysForgotten(subscription, granted.forgotten()));
        }
        return new Entry.Enter(granted.claim());
    }
}
