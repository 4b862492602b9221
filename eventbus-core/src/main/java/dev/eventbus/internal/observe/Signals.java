/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.observe;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.internal.check.Printable;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.BusObserver.AttemptScope;
import dev.eventbus.observe.Signal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every observer, in the order in which they were registered, and survives each of them.
 *
 * <p>Callers make no signal unless {@link #active()}. Thread-safe.
 */
public final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");
    private static final int MAX_KINDS = 100;

    private final String bus;
    private final BusObserver[] observers;
    private final boolean active;
    private final LongAdder failures = new LongAdder();
    private final Set<String> logged = ConcurrentHashMap.newKeySet(); // at most MAX_KINDS and a few more

    /**
     * Creates the hand-over.
     *
     * @param bus name of the bus
     * @param observers who is told
     */
    public Signals(String bus, List<BusObserver> observers) {
        this.bus = bus;
        this.observers = observers.toArray(BusObserver[]::new);
        this.active = !observers.isEmpty();
    }

    /**
     * Tells whether anybody observes.
     *
     * @return false if making one would be wasted
     */
    public boolean active() {
        return active;
    }

    /**
     * Tells all observers.
     *
     * @param signal what happened
     */
    public void tell(Signal signal) {
        for (BusObserver observer : observers) {
            guarded(observer, () -> observer.onSignal(signal));
        }
    }

    /**
     * Opens the scopes of all observers around an attempt.
     *
     * @param event what is about to be handled
     * @param subscription by whom
     * @param attempt number of the attempt
     * @return closes them in reverse order
     */
    public AttemptScope openScopes(EventEnvelope<?> event, String subscription, int attempt) {
        AttemptScope[] scopes = new AttemptScope[observers.length];
        for (int i = 0; i < observers.length; i++) {
            int at = i;
            scopes[i] = AttemptScope.NONE;
            guarded(observers[i], () -> scopes[at] = Objects
                    .requireNonNull(observers[at].openScope(event, subscription, attempt), "openScope returned null"));
        }
        return () -> close(scopes);
    }

    private void close(AttemptScope[] scopes) {
        for (int i = scopes.length - 1; i >= 0; i--) {
            guarded(observers[i], scopes[i]::close);
        }
    }

    /**
     * Counts what observers threw.
     *
     * @return how often
     */
    public long failures() {
        return failures.sum();
    }

    // whatever an observer throws, the delivery goes on
    private void guarded(BusObserver observer, Runnable call) {
        try {
            call.run();
        } catch (Throwable failure) {
            failures.increment();
            logOnce(observer, failure);
        }
    }

    private void logOnce(BusObserver observer, Throwable failure) {
        String kind = observer.getClass().getName() + " threw " + failure.getClass().getName();
        if (logged.size() < MAX_KINDS && logged.add(kind)) {
            LOG.warn("bus '{}': observer {} ({}); further ones of this kind are counted only", bus, kind,
                    Printable.message(failure));
        }
    }
}
