/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.watch;

import dev.eventbus.examples.revenue.event.InvoiceEvent;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.Signal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Watches whether the events of each invoice are handled in their turn, redriven ones among them: each revision next after the
 * one before.
 *
 * <p>One number per invoice. Thread-safe.
 */
public final class Turns implements BusObserver {
    private final String subscription;
    private final Map<String, Integer> latest = new ConcurrentHashMap<>();
    private final LongAdder handled = new LongAdder();
    private final LongAdder missed = new LongAdder();

    /**
     * Creates the observer.
     *
     * @param subscription the one that it watches
     */
    public Turns(String subscription) {
        this.subscription = subscription;
    }

    @Override
    public void onSignal(Signal signal) {
        if (signal instanceof Signal.Handled done && done.subscription().equals(subscription)
                && done.event().payload() instanceof InvoiceEvent event) {
            handled.increment();
            latest.compute(event.number(), (number, before) -> take(before == null ? 0 : before, event.revision()));
        }
    }

    private int take(int before, int revision) {
        if (revision != before + 1) {
            missed.increment();
        }
        return revision;
    }

    /**
     * Counts the deliveries that were handled.
     *
     * @return those of events of invoices
     */
    public long handled() {
        return handled.sum();
    }

    /**
     * Counts those that were handled before or after their turn.
     *
     * @return 0 if all is in order
     */
    public long missed() {
        return missed.sum();
    }
}
