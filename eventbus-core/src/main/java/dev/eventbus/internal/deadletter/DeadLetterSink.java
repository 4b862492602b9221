/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deadletter;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.LastResort;
import dev.eventbus.deadletter.Parking;
import dev.eventbus.deadletter.Sequence;
import dev.eventbus.internal.check.Printable;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.observe.Signal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way into the dead letter store, and back out of it.
 *
 * <p>Whatever the store does, a letter ends in exactly one place: the store, or the last-resort sink. A letter that is
 * being redriven, edited, discarded or about to expire is held, so that nobody else does any of it meanwhile. Thread-safe.
 */
public final class DeadLetterSink {
    /**
     * What the store did with a letter.
     *
     * @param parking its answer; {@link Parking#STORE_FULL} where it threw
     * @param broken what it threw, or null
     */
    public record Answer(Parking parking, @Nullable Throwable broken) {
        boolean isKept() {
            return parking == Parking.KEPT;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");

    private final String bus;
    private final DeadLetterStore store;
    private final Signals signals;
    private final SettledLetters settled;
    private final @Nullable Retention retention;
    private final ParkedSequences parked;
    private final RoomBells bells = new RoomBells();
    private final LongAdder discarded = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final Set<UUID> held = ConcurrentHashMap.newKeySet(); // at most one letter per thread that works on letters

    /**
     * Creates a sink whose letters do not expire, see the other constructor.
     *
     * @param bus name of the bus
     * @param store where letters are kept
     * @param lastResort what takes letters that the store does not, or null for the log
     * @param signals who is told
     */
    public DeadLetterSink(String bus, DeadLetterStore store, @Nullable LastResort lastResort, Signals signals) {
        this(bus, store, lastResort, signals, null);
    }

    /**
     * Creates the sink, and asks the store which sequences are parked: without that they would be overtaken, so what the
     * store throws then is thrown.
     *
     * @param bus name of the bus
     * @param store where letters are kept
     * @param lastResort what takes letters that the store does not, or null for the log
     * @param signals who is told
     * @param retention lets letters expire, or null
     */
    public DeadLetterSink(String bus, DeadLetterStore store, @Nullable LastResort lastResort, Signals signals,
            @Nullable Retention retention) {
        this.bus = bus;
        this.store = store;
        this.signals = signals;
        this.settled = new SettledLetters(bus, lastResort, signals);
        this.retention = retention;
        this.parked = new ParkedSequences(store);
        if (retention != null) {
            retention.begin(store.find(DeadLetterQuery.all()).stream().map(DeadLetter::id).toList(), this::expire);
        }
    }

    /* ---------------- in ---------------- */

    /**
     * Keeps a letter of a first round that belongs to no sequence.
     *
     * @param letter a new letter
     * @param failure why it was given up at last, or null for want of a place
     */
    public void keep(DeadLetter letter, @Nullable Throwable failure) {
        settle(letter, failure, asked(() -> store.add(letter) ? Parking.KEPT : Parking.STORE_FULL));
    }

    /**
     * Keeps a letter of a first round as the last of its sequence. One that finds no room goes to the last resort, and parks
     * nothing.
     *
     * @param letter a new letter
     * @param sequence the sequence
     * @param most most letters in the sequence
     * @param failure why it was given up at last
     */
    public void park(DeadLetter letter, Sequence sequence, int most, @Nullable Throwable failure) {
        settle(letter, failure, parking(sequence, () -> store.park(letter, sequence, most)));
    }

    /**
     * Keeps a letter whose redrive has failed, in its old place.
     *
     * @param letter the letter with the attempts of this round
     * @param failure why it was given up at last, or null for want of a place
     */
    public void keepAgain(DeadLetter letter, @Nullable Throwable failure) {
        Answer replaced = asked(() -> store.replace(letter) ? Parking.KEPT : Parking.NOT_PARKED);
        if (replaced.parking() == Parking.NOT_PARKED) { // it was removed behind our back: as if it were new
            letter.sequence().ifPresentOrElse(sequence -> park(letter, sequence, Integer.MAX_VALUE, failure),
                    () -> keep(letter, failure));
        } else {
            settle(letter, failure, replaced);
        }
    }

    /**
     * Asks the store to keep a letter behind others of its sequence; tells nobody yet.
     *
     * @param letter a new letter
     * @param sequence the sequence
     * @param most most letters in the sequence
     * @return what the store did; after {@link Parking#NOT_PARKED} the sequence is no longer taken for parked
     */
    public Answer askToPark(DeadLetter letter, Sequence sequence, int most) {
        Answer answer = parking(sequence, () -> store.parkBehind(letter, sequence, most));
        if (answer.parking() == Parking.NOT_PARKED) {
            refresh(sequence);
        }
        return answer;
    }

    /**
     * Tells what became of a letter that was to be parked behind others, or gives it to the last resort.
     *
     * @param letter the letter
     * @param answer what the store did
     */
    public void parked(DeadLetter letter, Answer answer) {
        settle(letter, null, answer);
    }

    /**
     * Takes a letter out again that was parked for a delivery which has ended otherwise.
     *
     * @param letter the letter; nobody was told of it
     */
    public void takeBack(DeadLetter letter) {
        try {
            boolean unused = forget(letter);
        } catch (RuntimeException broken) {
            LOG.error("bus '{}': {} was parked although its delivery has ended, and the store threw {}; discard it",
                    bus,
                    letter, Printable.describe(broken));
        }
    }

    // Before it is asked, so that the sequence is never parked without being taken for parked.
    private Answer parking(Sequence sequence, Supplier<Parking> store) {
        parked.begin(sequence);
        Answer answer = asked(store);
        if (parked.end(sequence, answer.isKept())) {
            refresh(sequence);
        }
        return answer;
    }

    // D-7: a failing store falls to the last-resort sink
    private static Answer asked(Supplier<Parking> store) {
        try {
            return new Answer(store.get(), null);
        } catch (Throwable broken) {
            return new Answer(Parking.STORE_FULL, broken);
        }
    }

    private void settle(DeadLetter letter, @Nullable Throwable last, Answer answer) {
        if (answer.isKept() && retention != null) {
            retention.kept(letter.id());
        }
        settled.tell(letter, last, answer);
    }

    /* ---------------- sequences ---------------- */

    /**
     * Tells whether a sequence may be parked; never asks the store. Where this is true the store has the last word.
     *
     * @param sequence the sequence
     * @return false only if no letter of the sequence is in the store
     */
    public boolean isParked(Sequence sequence) {
        return parked.contains(sequence);
    }

    /**
     * Tells whether any sequence may be parked; never asks the store.
     *
     * @return false while there is nothing to look up
     */
    public boolean hasParked() {
        return !parked.isEmpty();
    }

    /**
     * Runs a task once, when a letter of a sequence has been removed, in the thread that removes it.
     *
     * <p>Tells of removals after the call only. So whoever found a sequence full registers first and then asks once more: a
     * removal before the second question shows in its answer, and one after it runs the task. Equal tasks of one sequence
     * count once.
     *
     * @param sequence the sequence
     * @param task short, and waits for nothing
     */
    public void whenRoom(Sequence sequence, Runnable task) {
        bells.add(sequence, task);
    }

    /**
     * Reads the letter of a sequence whose turn is next.
     *
     * @param sequence the sequence
     * @return its oldest letter, or empty
     */
    public Optional<DeadLetter> head(Sequence sequence) {
        return store.head(sequence);
    }

    private void refresh(Sequence sequence) {
        try {
            parked.refresh(sequence);
        } catch (RuntimeException broken) { // it stays parked in memory, and each event asks the store again
            LOG.error("bus '{}': the dead letter store does not tell whether {} is parked: {}; mend the store", bus,
                    sequence, Printable.describe(broken));
        }
    }

    /* ---------------- out ---------------- */

    /**
     * Takes a letter in hand and lets go of it afterwards.
     *
     * @param id its id
     * @param work what to do; it gets the letter as the store has it now
     * @return false if another has it in hand, or it is not there
     */
    public boolean holding(UUID id, Consumer<DeadLetter> work) {
        if (!held.add(id)) {
            return false;
        }
        try {
            Optional<DeadLetter> letter = store.get(id);
            letter.ifPresent(work);
            return letter.isPresent();
        } finally {
            held.remove(id);
            if (retention != null) {
                retention.changed();
            }
        }
    }

    /**
     * Forgets a letter that is in hand.
     *
     * @param letter the letter
     * @return false if it was not there
     */
    public boolean forget(DeadLetter letter) {
        if (!store.remove(letter.id())) {
            return false;
        }
        letter.sequence().ifPresent(sequence -> {
            refresh(sequence);
            bells.ring(sequence);
        });
        if (retention != null) {
            retention.gone(letter.id());
        }
        return true;
    }

    /**
     * Forgets a letter that is in hand because somebody says so.
     *
     * @param letter the letter
     * @param reason why
     * @return false if it was not there
     */
    public boolean discard(DeadLetter letter, String reason) {
        boolean found = forget(letter);
        if (found) {
            discarded.increment();
            if (signals.active()) {
                signals.tell(new Signal.LetterDiscarded(letter, reason));
            }
        }
        return found;
    }

    /**
     * Puts an edited version of a letter that is in hand in its place.
     *
     * @param letter the version
     * @param reason why
     * @return false if it was not there
     */
    public boolean edited(DeadLetter letter, String reason) {
        boolean found = store.replace(letter);
        if (found && signals.active()) {
            signals.tell(new Signal.LetterEdited(letter, reason));
        }
        return found;
    }

    // Runs on the thread of the retention, which lets a letter go by itself.
    private Retention.Look expire(UUID id) {
        if (!held.add(id)) {
            return Retention.Look.BLOCKED;
        }
        try {
            Optional<DeadLetter> letter = store.get(id);
            if (letter.isPresent() && !isHead(letter.get())) {
                return Retention.Look.BLOCKED;
            }
            letter.filter(this::forget).ifPresent(this::expired);
            return Retention.Look.GONE;
        } catch (RuntimeException broken) {
            LOG.error("bus '{}': dead letter {} could not expire, the store threw {}; mend the store", bus, id,
                    Printable.describe(broken));
            return Retention.Look.FAILED;
        } finally {
            held.remove(id);
        }
    }

    private boolean isHead(DeadLetter letter) {
        return letter.sequence().flatMap(store::head).map(head -> head.id().equals(letter.id())).orElse(true);
    }

    private void expired(DeadLetter letter) {
        expired.increment();
        if (signals.active()) {
            signals.tell(new Signal.LetterExpired(letter));
        }
    }

    /* ---------------- what there is ---------------- */

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
     * Tells whether the store has no room.
     *
     * @return true if it holds as many as it can
     */
    public boolean isFull() {
        return store.size() >= store.capacity();
    }

    /**
     * Counts the sequences that are parked.
     *
     * @return how many
     */
    public int parkedSequences() {
        return parked.size();
    }

    /**
     * Counts letters that the store did not take.
     *
     * @return how many
     */
    public long lastResorts() {
        return settled.lastResorts();
    }

    /**
     * Counts letters that were discarded.
     *
     * @return how many
     */
    public long discarded() {
        return discarded.sum();
    }

    /**
     * Counts letters that were kept as long as the bus wants to.
     *
     * @return how many
     */
    public long expired() {
        return expired.sum();
    }
}
