/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.Outcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Opens a further round in the history when a letter comes back, which only a redrive may cause. Confined to one simulation. */
final class Rounds implements BusObserver {
    private final Recorder recorder;
    private final Returns returns;
    private final Breaches breaches;
    private final Set<String> letters = new HashSet<>(); // deliveries that have ended as letters
    private final Map<String, Integer> attempts = new HashMap<>(); // last number of each delivery
    private final Set<String> again = new HashSet<>(); // deliveries whose letters are redriven now
    private int redrives;

    Rounds(Recorder recorder, Returns returns, Breaches breaches) {
        this.recorder = recorder;
        this.returns = returns;
        this.breaches = breaches;
    }

    void redriveBegins() {
        redrives++;
    }

    void redriveEnds() {
        redrives--;
    }

    /** Tells whether an attempt that begins is one of a redrive. */
    boolean begins(String subscription, int event, int attempt) {
        int before = attempts.getOrDefault(subscription + event, 0);
        breaches.unless(attempt > before, "attempt " + attempt + " of " + subscription + event + " after " + before);
        attempts.put(subscription + event, attempt);
        open(subscription, event);
        return again.contains(subscription + event);
    }

    private void open(String subscription, int event) {
        if (letters.remove(subscription + event)) {
            breaches.unless(redrives > 0, "a letter is delivered, and nobody redrives: " + subscription + event);
            recorder.of(subscription).reopened(event);
            returns.redriven(subscription, event);
            again.add(subscription + event);
        }
    }

    /** To be told before the recorder. */
    @Override
    public void onSignal(Signal signal) {
        if (signal instanceof Signal.Settled settled) {
            int event = ((Told) settled.event().payload()).number();
            open(settled.subscription(), event);
            boolean redriven = again.remove(settled.subscription() + event);
            boolean stays = settled.outcome() == Outcome.RETURNED || settled.outcome() == Outcome.CANCELLED;
            if (settled.outcome() == Outcome.DEAD_LETTERED || (redriven && stays)) {
                letters.add(settled.subscription() + event);
            }
        }
    }
}
