/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.DeadLetterStore;
import dev.eventbus.deadletter.Sequence;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.Outcome;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Follows each letter from the delivery that was given up to where it ends: redriven, discarded, expired, still in the store,
 * or with the last resort, and exactly one of them. Confined to one simulation.
 */
final class LetterAccounts implements BusObserver {
    private static final String UNKNOWN = "unknown";

    private final Faults faults;
    private final Breaches breaches;
    private final Map<UUID, Boolean> told = new LinkedHashMap<>(); // new letters, and whether they were kept
    private final Map<UUID, DeadLetter> stored = new LinkedHashMap<>();
    private final Map<UUID, String> gone = new HashMap<>(); // how
    private final Map<UUID, Integer> lastResorts = new HashMap<>();
    private final Map<String, Outcome> outcomes = new HashMap<>(); // of each delivery, the last one

    LetterAccounts(Faults faults, Breaches breaches) {
        this.faults = faults;
        this.breaches = breaches;
    }

    /* ---------------- the store ---------------- */

    void stored(DeadLetter letter, boolean kept) {
        if (kept) {
            breaches.unless(stored.put(letter.id(), letter) == null, "stored twice: " + letter);
        }
    }

    void parksFirst(DeadLetter letter, Sequence sequence, boolean allowed) {
        breaches.unless(allowed, "parked behind nothing in " + sequence + ": " + letter);
    }

    void removed(UUID letter, boolean found) {
        if (found) {
            breaches.unless(gone.put(letter, UNKNOWN) == null, "removed twice: " + stored.get(letter));
        }
    }

    void lastResort(DeadLetter letter) {
        lastResorts.merge(letter.id(), 1, Integer::sum);
        faults.count("last resort");
    }

    void threw() {
        faults.count("letter store threw");
    }

    /* ---------------- signals ---------------- */

    @Override
    public void onSignal(Signal signal) {
        switch (signal) {
            case Signal.DeadLettered dead -> {
                outcomes.put(name(dead), Outcome.DEAD_LETTERED);
                told.putIfAbsent(dead.letter().id(), dead.kept());
                faults.count(dead.kept() ? "letter kept" : "letter not kept");
            }
            case Signal.Settled settled -> outcomes.put(name(settled), settled.outcome());
            case Signal.LetterDiscarded discarded -> gone(discarded.letter(), "discarded");
            case Signal.LetterExpired expired -> gone(expired.letter(), "expired");
            case Signal.LetterEdited edited -> faults.count("letter edited");
            default -> {
                // Not of letters.
            }
        }
    }

    private void gone(DeadLetter letter, String how) {
        breaches.unless(gone.replace(letter.id(), UNKNOWN, how), how + ", but not removed, or twice: " + letter);
        faults.count("letter " + how);
    }

    private static String name(Signal.Settled settled) {
        return settled.subscription() + ((Told) settled.event().payload()).number();
    }

    /* ---------------- the end ---------------- */

    void check(DeadLetterStore store) {
        told.forEach((id, kept) -> {
            boolean resorted = lastResorts.getOrDefault(id, 0) == 1;
            breaches.unless(kept == stored.containsKey(id) && kept != resorted, "told as kept=" + kept
                    + ", stored=" + stored.get(id) + ", last resorts=" + lastResorts.get(id));
        });
        stored.values().forEach(letter -> {
            boolean there = store.get(letter.id()).isPresent();
            breaches.unless(there != gone.containsKey(letter.id()), "neither there nor gone: " + letter);
            if (there) {
                breaches.unless(told.containsKey(letter.id()), "there, and nobody was told: " + letter);
            } else if (UNKNOWN.equals(gone.get(letter.id()))) {
                wasRedrivenOrTakenBack(letter);
            }
        });
    }

    private void wasRedrivenOrTakenBack(DeadLetter letter) {
        Outcome last = outcomes.get(letter.subscription() + ((Told) letter.event().payload()).number());
        boolean redriven = last == Outcome.HANDLED || last == Outcome.DUPLICATE;
        boolean takenBack = last == Outcome.RETURNED || last == Outcome.CANCELLED;
        breaches.unless(told.containsKey(letter.id()) ? redriven : takenBack,
                "removed after " + last + ": " + letter);
        faults.count(redriven ? "letter redriven" : "letter taken back");
    }
}
