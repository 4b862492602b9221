/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.payment;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Plays a gateway, as an example and for tests: declines every card whose number ends with {@value #EMPTY}, and accepts every
 * other. Keeps what it holds in memory, without a bound. Thread-safe.
 */
public final class InMemoryPaymentGateway implements PaymentGateway {
    /** How the numbers of cards end that have no money. */
    public static final String EMPTY = "0002";

    private final Map<String, BigDecimal> held = new ConcurrentHashMap<>();

    @Override
    public Charge charge(String paymentId, BigDecimal amount, Card card) {
        if (card.endsWith(EMPTY)) {
            return new Charge.Declined("the card has not enough money");
        }
        held.putIfAbsent(paymentId, amount);
        return new Charge.Accepted();
    }

    @Override
    public void giveBack(String paymentId) {
        held.remove(paymentId);
    }

    /**
     * Returns what it holds.
     *
     * @return sum of what it took and did not give back, exact
     */
    public BigDecimal total() {
        return held.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
