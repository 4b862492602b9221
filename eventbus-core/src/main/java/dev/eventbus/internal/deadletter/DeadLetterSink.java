/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deadletter;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.LastResort;
import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.observe.Signal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way into the dead letter store, and back out of it.
 *
 * <p>Whatever the store does, a letter ends in exactly one place: the store, or the last-resort sink. A letter that is
 * being redriven or discarded is held, so that nobody else redrives or discards it meanwhile. Thread-safe.
 */
public final class DeadLetterSink {
    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");

    private final String bus;
    private final DeadLetterStore store;
    private final @Nullable LastResort lastResort;
    private final Signals signals;
    private final LongAdder lastResorts = new LongAdder();
    private final Set<UUID> held = ConcurrentHashMap.newKeySet(); // at most one letter per thread that redrives or discards

    /**
     * Creates the sink.
     *
     * @param bus name of the bus
     * @param store where letters are kept
     * @param lastResort what takes letters that the store does not, or null for the log
     * @param signals who is told
     */
    public DeadLetterSink(String bus, DeadLetterStore store, @Nullable LastResort lastResort, Signals signals) {
        this.bus = bus;
        this.store = store;
        this.lastResort = lastResort;
        this.signals = signals;
    }

    /**
     * Keeps a letter of a first round.
     *
     * @param letter a new letter
     * @param failure why it was given up at last, or null for want of a place
     */
    public void keep(DeadLetter letter, @Nullable Throwable failure) {
        settle(letter, failure, () -> store.add(letter));
    }

    /**
     * Keeps a letter whose redrive has failed, in its old place.
     *
     * @param letter the letter with the attempts of this round
     * @param failure why it was given up at last, or null for want of a place
     */
    public void keepAgain(DeadLetter letter, @Nullable Throwable failure) {
        settle(letter, failure, () -> store.replace(letter) || store.add(letter));
    }

    // D-7: a failing store falls to the last-resort sink
    private void settle(DeadLetter letter, @Nullable Throwable last, BooleanSupplier store) {
        boolean kept = false;
        Throwable failure = null;
        try {
            kept = store.getAsBoolean();
        } catch (Throwable broken) {
            failure = broken;
        }
        if (kept && last == null) {
            LOG.debug("bus '{}': subscription '{}' had no place for event {}; kept as dead letter {}", bus,
                    letter.subscription(), letter.event().id(), letter.id()); // counted and signalled; lines would be as many
        } else if (kept) {
            LOG.warn(
                    "bus '{}': subscription '{}' gave up on event {} ({}) after {} attempts: {}, last failure {}; kept as dead "
                            + "letter {}, redrive or discard it",
                    bus, letter.subscription(), letter.event().id(),
                    letter.event().metadata().type(), letter.attempts().size(), letter.reason(),
                    Printable.describe(Objects.requireNonNull(last)),
                    letter.id());
        } else {
            lastResorts.increment();
            lastResort(letter, failure);
        }
        if (signals.active()) {
            signals.tell(new Signal.DeadLettered(letter, kept));
        }
    }

    // the user's sink may throw anything; then the log line is what is left
    private void lastResort(DeadLetter letter, @Nullable Throwable cause) {
        if (lastResort != null) {
            try {
                lastResort.accept(letter, cause);
                return;
            } catch (Throwable broken) {
                LOG.error(
                        "bus '{}': the last-resort sink threw {}; mend it, the next line is all that is left of the letter",
                        bus,
                        Printable.describe(broken));
            }
        }
        String why = cause == null
                ? "the dead letter store is full; redrive or discard letters, or raise its capacity"
                : "the dead letter store threw " + Printable.describe(cause);
        LOG.error("bus '{}': lost {}: {}", bus, letter, why);
    }

    /**
     * Takes letters in hand one after the other, and lets go of each afterwards.
     *
     * @param query which ones
     * @param work what to do; it gets the letter as the store has it now, and only if nobody else has it in hand
     * @return how many letters the query found
     */
    public int eachHeld(DeadLetterQuery query, Consumer<DeadLetter> work) {
        List<DeadLetter> letters = store.find(query);
        for (DeadLetter letter : letters) {
            if (held.add(letter.id())) {
                try {
                    store.get(letter.id()).ifPresent(work);
                } finally {
                    held.remove(letter.id());
                }
            }
        }
        return letters.size();
    }

    /**
     * Forgets a letter that is in hand.
     *
     * @param letter the letter
     * @return false if it was not there
     */
    public boolean forget(DeadLetter letter) {
        return store.remove(letter.id());
    }

    /**
     * Finds letters.
     *
     * @param query which ones
     * @return oldest first
     */
    public List<DeadLetter> find(DeadLetterQuery query) {
        return store.find(query);
    }

    /**
     * Counts letters.
     *
     * @return how many the store holds
     */
    public int size() {
        return store.size();
    }

    /**
     * Counts letters that the store did not take.
     *
     * @return how many
     */
    public long lastResorts() {
        return lastResorts.sum();
    }
}
