/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.dispatch;

import dev.eventbus.breaker.CircuitBreaker;
import dev.eventbus.breaker.Permission;
import dev.eventbus.breaker.Permit;
import dev.eventbus.breaker.Refused;
import dev.eventbus.deadletter.DeadLetterReason;
import dev.eventbus.idempotency.IdempotencyStoreException;
import dev.eventbus.internal.deliver.AttemptResult;
import dev.eventbus.internal.deliver.DeliverStage;
import dev.eventbus.internal.deliver.DeliveryRound;
import dev.eventbus.internal.deliver.PermittedCall;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Target;
import dev.eventbus.internal.entry.Entry;
import dev.eventbus.internal.entry.EntryStage;
import dev.eventbus.internal.idempotency.Claim;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.spi.BusRuntime;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt in the caller's thread where more has to be asked than the handler: the entry, and then the circuit breaker,
 * so that nobody holds a permit while it waits for a claim. Thread-safe.
 */
final class CallerAttempt {
    /** What became of it. */
    sealed interface Answer {
        /**
         * The handler was called, or the attempt failed before.
         *
         * @param result what it came to
         */
        record Attempted(AttemptResult result) implements Answer {}

        /** The delivery has its outcome, or a shutdown has returned it. */
        record Ended() implements Answer {
            private static final Ended INSTANCE = new Ended();
        }

        /**
         * There is no attempt, and the delivery has to be given up.
         *
         * @param reason why
         * @param failure the same as an exception
         */
        record NotAttempted(DeadLetterReason reason, Throwable failure) implements Answer {}
    }

    /** What wakes the one that waits for a claim. Thread-safe. */
    private static final class Bell implements Runnable, BooleanSupplier {
        private final BusRuntime runtime;
        private final Thread waiting = Thread.currentThread();
        private volatile boolean rung;

        Bell(BusRuntime runtime) {
            this.runtime = runtime;
        }

        @Override
        public void run() {
            rung = true;
            runtime.unpark(waiting);
        }

        @Override
        public boolean getAsBoolean() {
            return rung;
        }
    }

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10); // for a claim, unless maxElapsed says otherwise

    private final Ports ports;
    private final DeliverStage deliver;
    private final EntryStage entries;

    CallerAttempt(Ports ports, DeliverStage deliver, EntryStage entries) {
        this.ports = ports;
        this.deliver = deliver;
        this.entries = entries;
    }

    /** Attempts once, if the delivery enters and the breaker lets it pass. */
    Answer attempt(CallerLane lane, Publication<?> event, int index, DeliveryRound round) {
        boolean failedBefore = round.hasFailed();
        if (failedBefore && event.expires() && event.isExpired()) {
            return new Answer.NotAttempted(DeadLetterReason.EXPIRED, round.lastFailure());
        }
        return switch (enter(lane, event, index, failedBefore ? round : null)) {
            case Entry.Enter entered -> holding(entered.claim(), lane, event, index, round.nextAttempt());
            case Entry.Over over -> Answer.Ended.INSTANCE;
            case Entry.Broken broken -> new Answer.Attempted(new AttemptResult.Failed(broken.failure(), null));
            case Entry.Wait inVain -> lane.isCut() ? Answer.Ended.INSTANCE : inUse(lane, event, index);
        };
    }

    // I-1: waits for a claim that runs, but not for ever, since it might be one around this very delivery.
    private Entry enter(CallerLane lane, Publication<?> event, int index, @Nullable DeliveryRound failed) {
        Bell bell = new Bell(ports.runtime());
        Entry entry = entries.enter(event, index, failed, bell);
        if (!(entry instanceof Entry.Wait)) {
            return entry; // most do not wait: no clock is read for them
        }
        long until = ports.deadlineNanos(longestWait(event.target(index)));
        while (entry instanceof Entry.Wait wait && await(lane, wait, until, bell)) {
            bell = new Bell(ports.runtime());
            entry = entries.enter(event, index, failed, bell);
        }
        return entry;
    }

    private static Duration longestWait(Target target) {
        return target.subscriber().policies().retry().policy().maxElapsed().orElse(LONGEST_WAIT);
    }

    // False if there is no time left to ask again, or the caller or a shutdown interrupts.
    private boolean await(CallerLane lane, Entry.Wait wait, long until, Bell bell) {
        return lane.awaitUntil(earlier(wait.nanos(), until), bell) && ports.clocks().monotonicNanos() - until < 0;
    }

    private long earlier(long waitNanos, long until) {
        long again = waitNanos == Entry.Wait.UNTIL_TOLD ? until : ports.clocks().monotonicNanos() + waitNanos;
        return again - until < 0 ? again : until;
    }

    private static Answer inUse(CallerLane lane, Publication<?> event, int index) {
        return new Answer.NotAttempted(
                lane.isInterrupted() ? DeadLetterReason.INTERRUPTED : DeadLetterReason.KEY_IN_USE,
                IdempotencyStoreException.inUse(event.target(index).subscriber().name()));
    }

    private Answer holding(@Nullable Claim claim, CallerLane lane, Publication<?> event, int index, int number) {
        boolean succeeded = false;
        try {
            Answer answer = withPermit(lane, event, index, number);
            succeeded = answer instanceof Answer.Attempted attempted
                    && attempted.result() instanceof AttemptResult.Succeeded;
            return answer;
        } finally {
            Claim.end(claim, succeeded);
        }
    }

    private Answer withPermit(CallerLane lane, Publication<?> event, int index, int number) {
        Target target = event.target(index);
        CircuitBreaker breaker = target.subscriber().policies().breaker();
        Permission permission = breaker == null ? null : breaker.acquire();
        if (permission instanceof Refused refused) {
            return new Answer.NotAttempted(DeadLetterReason.CIRCUIT_OPEN,
                    Objects.requireNonNull(breaker, "breaker").refusal(refused));
        }
        Permit permit = permission instanceof Permit given ? given : null;
        if (!lane.begin(index, number)) {
            if (permit != null) {
                permit.unused();
            }
            return Answer.Ended.INSTANCE;
        }
        PermittedCall call = permit == null ? null : PermittedCall.begin(permit, ports);
        AttemptResult result = deliver.attempt(target, event, number);
        if (call != null) {
            call.ended(result, lane.isCut());
        }
        return new Answer.Attempted(result);
    }
}
