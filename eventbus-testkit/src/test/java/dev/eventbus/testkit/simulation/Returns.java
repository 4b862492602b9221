/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.ReturnedDelivery;
import dev.eventbus.observe.ReturnedDelivery.State;
import java.util.HashSet;
import java.util.Set;

/** Compares what a close report lists with the signals and with the handlers that ran on (S-1). */
final class Returns {
    private final Recorder recorder;
    private final Breaches breaches;
    private final Set<String> late = new HashSet<>();
    private final Set<String> redriven = new HashSet<>();

    Returns(Recorder recorder, Breaches breaches) {
        this.recorder = recorder;
        this.breaches = breaches;
    }

    /** Tells whether a handler is entered only now, after its delivery was returned; that is no attempt. */
    boolean isLate(String subscription, int event) {
        return recorder.isReturned(subscription, event) && (late.add(subscription + event) || true);
    }

    /** Notes a further round: a letter that is returned is still in its store, and so not listed. */
    void redriven(String subscription, int event) {
        redriven.add(subscription + event);
    }

    void check(CloseReport report) {
        breaches.unless(report.finished(), "the report is not finished");
        Set<String> left = recorder.returned();
        for (ReturnedDelivery delivery : report.returned()) {
            String name = delivery.subscription() + ((Told) delivery.event().payload()).number();
            breaches.unless(left.remove(name), "listed, but not returned, or twice: " + name);
            breaches.unless(!late.remove(name) || delivery.state() == State.RUNNING,
                    "called, but said to wait: " + name);
        }
        late.removeAll(redriven);
        breaches.unless(late.isEmpty(), "called, but not listed: " + late);
        left.removeAll(redriven);
        breaches.unless(left.isEmpty(), "returned, but not listed: " + left);
    }
}
