/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.payment;

import dev.eventbus.examples.revenue.operation.Operation;
import org.jspecify.annotations.Nullable;

/**
 * A payment as it stands, with the operations that led there, which are the answer to whoever asks again. Immutable.
 *
 * @param request what the payer asked for
 * @param state what became of it
 * @param paid the operation that charged the card, or tried to
 * @param refunded the operation that gave it back, or null if none did
 */
public record Payment(PaymentRequest request, PaymentState state, Operation paid, @Nullable Operation refunded) {
    Payment refund(Operation operation) {
        return new Payment(request, PaymentState.REFUNDED, paid, operation);
    }
}
