/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.fault;

import dev.eventbus.examples.revenue.tax.TaxRates;
import dev.eventbus.examples.revenue.tax.TaxServiceDownException;
import dev.eventbus.spi.Clocks;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Answers {@value #ANSWERS} calls, gives no answer for a while, and answers again. Thread-safe. */
public final class TaxOutage implements TaxRates {
    /** Calls before the outage, which the next one begins. */
    static final int ANSWERS = 20;

    private final TaxRates rates;
    private final Duration lasts;
    private final Clocks clocks;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicReference<@Nullable Long> begun = new AtomicReference<>();
    private volatile boolean mended;

    /**
     * Creates the service.
     *
     * @param rates gives the answers
     * @param lasts how long there are none, zero for no outage
     * @param clocks tell when it is over
     */
    public TaxOutage(TaxRates rates, Duration lasts, Clocks clocks) {
        this.rates = rates;
        this.lasts = lasts;
        this.clocks = clocks;
    }

    /** Ends the outage. */
    public void mend() {
        mended = true;
    }

    @Override
    public BigDecimal rateOf(String country) {
        if (!mended && lasts.isPositive() && answered.get() >= ANSWERS && isDown()) {
            throw new TaxServiceDownException("tax service: no answer");
        }
        answered.incrementAndGet();
        return rates.rateOf(country);
    }

    private boolean isDown() {
        long now = clocks.monotonicNanos();
        begun.compareAndSet(null, now);
        Long since = begun.get();
        return since != null && now - since < lasts.toNanos();
    }
}
