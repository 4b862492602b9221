/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.watch;

import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.Signal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Measures from each publish to the return of each handler: on virtual threads the way to one and the deliveries before it in its
 * lane, and everywhere retries and their waits. Redrives are not measured. Thread-safe.
 */
public final class Latency implements BusObserver {
    private static final long MAX_NANOS = TimeUnit.HOURS.toNanos(1);

    private final Histogram nanos = new ConcurrentHistogram(MAX_NANOS, 3);

    @Override
    public void onSignal(Signal signal) {
        if (signal instanceof Signal.Handled handled) {
            Duration since = handled.sincePublish();
            if (since != null) {
                nanos.recordValue(Math.min(since.toNanos(), MAX_NANOS));
            }
        }
    }

    /**
     * Returns what was measured so far.
     *
     * @return percentiles; zero if nothing was
     */
    public Percentiles percentiles() {
        return new Percentiles(micros(50), micros(95), micros(99));
    }

    private long micros(double percentile) {
        return Math.ceilDiv(nanos.getValueAtPercentile(percentile), 1_000L);
    }
}
