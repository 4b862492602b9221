/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.redrive;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.deadletter.RedriveReport;
import dev.eventbus.deadletter.Sequence;
import dev.eventbus.internal.deadletter.DeadLetterSink;
import dev.eventbus.publish.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One redrive: goes through the letters that are meant, and through each sequence from its head on, and keeps count.
 * Confined to the calling thread.
 */
final class Batch {
    private final DeadLetterSink letters;
    private final Set<Sequence> inRedrive;
    private final @Nullable Pace pace;
    private final BiFunction<DeadLetter, Batch, Outcome> redrive;
    private int handled;
    private int failed;
    private int met;
    private boolean ended;
    private @Nullable Throwable thrown;

    /** Creates a redrive of nothing; the set of sequences that are in a redrive is shared by all. */
    Batch(DeadLetterSink letters, Set<Sequence> inRedrive, @Nullable Pace pace,
            BiFunction<DeadLetter, Batch, Outcome> redrive) {
        this.letters = letters;
        this.inRedrive = inRedrive;
        this.pace = pace;
        this.redrive = redrive;
    }

    RedriveReport run(DeadLetterQuery query) {
        try {
            List<DeadLetter> found = letters.find(query);
            met = found.size();
            redrive(query, found);
        } catch (Throwable broken) { // of the store, or of a predicate
            threw(broken);
        }
        rethrow();
        return new RedriveReport(handled, failed, met - handled - failed);
    }

    private void redrive(DeadLetterQuery query, List<DeadLetter> found) {
        Set<UUID> ids = found.stream().map(DeadLetter::id).collect(Collectors.toSet());
        Set<Sequence> seen = new HashSet<>();
        for (DeadLetter letter : found) {
            Optional<Sequence> sequence = letter.sequence();
            if (ended) {
                return;
            } else if (sequence.isEmpty()) {
                boolean unused = one(letter.id());
            } else if (seen.add(sequence.get())) {
                wholly(sequence.get(), query, ids);
            }
        }
    }

    private void wholly(Sequence sequence, DeadLetterQuery query, Set<UUID> found) {
        if (!inRedrive.add(sequence)) {
            return;
        }
        try {
            Optional<DeadLetter> head = letters.head(sequence);
            while (head.isPresent() && isMeant(head.get(), query, found) && one(head.get().id())) {
                head = letters.head(sequence);
            }
        } finally {
            inRedrive.remove(sequence);
        }
    }

    // What was parked after the letters were found is meant as well, as long as the limit allows.
    private boolean isMeant(DeadLetter head, DeadLetterQuery query, Set<UUID> found) {
        if (found.contains(head.id())) {
            return true;
        }
        if (met == query.limit() || !query.matches(head)) {
            return false;
        }
        met++;
        return true;
    }

    // True if the letter is gone, so that the next one of its sequence may follow.
    private boolean one(UUID letter) {
        if (!Pace.await(pace)) {
            end();
            return false;
        }
        boolean[] gone = new boolean[1];
        boolean unused = letters.holding(letter, held -> {
            Outcome outcome = redrive.apply(held, this);
            boolean done = outcome == Outcome.HANDLED || outcome == Outcome.DUPLICATE;
            handled += done ? 1 : 0;
            failed += outcome == Outcome.DEAD_LETTERED ? 1 : 0;
            gone[0] = done && letters.forget(held);
        });
        return gone[0];
    }

    /** Lets the rest be. */
    void end() {
        ended = true;
    }

    /** Notes what is to be thrown in the end. */
    void threw(Throwable more) {
        if (thrown == null) {
            thrown = more;
        } else if (!thrown.equals(more)) {
            thrown.addSuppressed(more);
        }
    }

    private void rethrow() {
        switch (thrown) {
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            case null, default -> {
                // Nothing else can be thrown there: a redrive declares no checked exception.
            }
        }
    }
}
