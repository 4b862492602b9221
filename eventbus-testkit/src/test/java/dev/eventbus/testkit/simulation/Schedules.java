/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.simulation;

import dev.eventbus.EventBus;
import dev.eventbus.observe.CloseReport;
import dev.eventbus.observe.WithdrawnPublish;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.PublishRejectedException;
import dev.eventbus.publish.Receipt;
import dev.eventbus.publish.ScheduledPublish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Follows each scheduled publish to its one end: published, refused, cancelled or withdrawn. Confined to one simulation. */
final class Schedules {
    private final Recorder recorder;
    private final Faults faults;
    private final Breaches breaches;
    private final RandomGenerator random;
    private final Map<Integer, ScheduledPublish> open = new LinkedHashMap<>();
    private final Map<Integer, List<String>> ends = new HashMap<>();

    Schedules(Recorder recorder, Faults faults, Breaches breaches, RandomGenerator random) {
        this.recorder = recorder;
        this.faults = faults;
        this.breaches = breaches;
        this.random = random;
    }

    void schedule(EventBus bus, int publisher, int key, Duration delay) {
        int number = recorder.history().publishing(publisher, key);
        ScheduledPublish scheduled;
        try {
            scheduled = bus.publishAfter(delay, new Told(number, key, 0), PublishOptions.options().key(key));
        } catch (PublishRejectedException rejection) {
            recorder.history().rejected(number);
            faults.count("schedule refused");
            return;
        }
        ends.put(number, new ArrayList<>());
        open.put(number, scheduled);
        scheduled.completion().whenComplete((receipt, failure) -> completed(number, receipt, scheduled));
    }

    private void completed(int number, @Nullable Receipt receipt, ScheduledPublish scheduled) {
        if (receipt != null) {
            recorder.accepted(number, receipt.outcomes().keySet());
            ends.get(number).add("published");
        } else {
            recorder.history().rejected(number);
            if (!scheduled.isCancelled()) {
                ends.get(number).add("refused");
            }
        }
    }

    /** Takes some of them back. */
    void cancelSome() {
        List.copyOf(open.keySet()).forEach(number -> {
            ScheduledPublish scheduled = random.nextInt(4) == 0 ? open.remove(number) : null;
            if (scheduled != null && scheduled.cancel()) {
                ends.get(number).add("cancelled");
            }
        });
    }

    void check(CloseReport report) {
        for (WithdrawnPublish withdrawn : report.scheduled()) {
            int number = ((Told) withdrawn.payload()).number();
            ends.get(number).add("withdrawn");
        }
        ends.forEach((number, how) -> {
            breaches.unless(how.size() == 1, "scheduled publish " + number + " ended " + how);
            how.forEach(end -> faults.count("schedule " + end));
        });
    }
}
