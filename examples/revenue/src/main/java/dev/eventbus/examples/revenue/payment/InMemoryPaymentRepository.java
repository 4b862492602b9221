/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.payment;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Keeps everything in memory, without a bound. Thread-safe. */
public final class InMemoryPaymentRepository implements PaymentRepository {
    private final Map<String, Payment> payments = new ConcurrentHashMap<>();

    @Override
    public Optional<Payment> find(String paymentId) {
        return Optional.ofNullable(payments.get(paymentId));
    }

    @Override
    public void save(Payment payment) {
        payments.put(payment.request().paymentId(), payment);
    }

    @Override
    public Stream<Payment> all() {
        return payments.values().stream();
    }
}
