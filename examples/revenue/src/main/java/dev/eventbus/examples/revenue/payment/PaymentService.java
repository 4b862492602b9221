/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.payment;

import dev.eventbus.examples.revenue.event.PaymentEvent;
import dev.eventbus.examples.revenue.event.PaymentFailed;
import dev.eventbus.examples.revenue.event.PaymentRefunded;
import dev.eventbus.examples.revenue.event.PaymentSucceeded;
import dev.eventbus.examples.revenue.operation.Action;
import dev.eventbus.examples.revenue.operation.Changes;
import dev.eventbus.examples.revenue.operation.Operation;
import dev.eventbus.examples.revenue.operation.RefusedException;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.PublishRejectedException;
import java.util.Optional;

/**
 * Charges cards and gives money back, publishes it with the number of the invoice as key, and keeps it.
 *
 * <p>One command after the other for each payment. Whoever repeats a command gets the answer to the first. Thread-safe.
 */
public final class PaymentService {
    private static final String KIND = "Payment";

    private final PaymentRepository repository;
    private final PaymentGateway gateway;
    private final Changes<Payment> changes;

    /**
     * Creates the service.
     *
     * @param repository keeps the payments
     * @param gateway charges the cards
     * @param publisher takes the events
     */
    public PaymentService(PaymentRepository repository, PaymentGateway gateway, EventPublisher publisher) {
        this.repository = repository;
        this.gateway = gateway;
        this.changes = new Changes<>(publisher, repository::save);
    }

    Operation pay(String operationId, PaymentRequest request) {
        return changes.alone(request.paymentId(), () -> {
            Optional<Payment> before = repository.find(request.paymentId());
            return before.isPresent() ? repeat(before.get(), request) : charge(operationId, request);
        });
    }

    private static Operation repeat(Payment before, PaymentRequest request) {
        if (!request.repeats(before.request())) {
            throw RefusedException.state(KIND, request.paymentId(), Action.PAY,
                    "the id was used for another payment; choose a new one");
        }
        return before.paid();
    }

    private Operation charge(String operationId, PaymentRequest request) {
        Operation operation = new Operation(operationId, Action.PAY, request.paymentId(), 1);
        Charge charge = gateway.charge(request.paymentId(), request.amount(), request.card());
        switch (charge) {
            case Charge.Accepted accepted -> succeed(operation, request);
            case Charge.Declined declined -> make(new Payment(request, PaymentState.FAILED, operation, null),
                    new PaymentFailed(request.paymentId(), request.number(), request.amount(), declined.reason()),
                    operationId);
        }
        return operation;
    }

    private void succeed(Operation operation, PaymentRequest request) {
        try {
            make(new Payment(request, PaymentState.SUCCEEDED, operation, null),
                    new PaymentSucceeded(request.paymentId(), request.number(), request.amount()), operation.id());
        } catch (PublishRejectedException rejected) {
            gateway.giveBack(request.paymentId()); // nobody will hear of this money, so it must not stay
            throw rejected;
        }
    }

    Operation refund(String operationId, String paymentId) {
        return changes.alone(paymentId, () -> {
            Payment payment = repository.find(paymentId).orElseThrow(() -> RefusedException.unknown(KIND, paymentId));
            if (payment.refunded() != null) {
                return payment.refunded();
            }
            if (payment.state() == PaymentState.FAILED) {
                throw RefusedException.state(KIND, paymentId, Action.REFUND, "no money came in");
            }
            return giveBack(new Operation(operationId, Action.REFUND, paymentId, 2), payment);
        });
    }

    private Operation giveBack(Operation operation, Payment payment) {
        PaymentRequest request = payment.request();
        gateway.giveBack(request.paymentId()); // if the event is refused, the next command does nothing here and publishes
        make(payment.refund(operation), new PaymentRefunded(request.paymentId(), request.number(), request.amount()),
                operation.id());
        return operation;
    }

    private void make(Payment next, PaymentEvent event, String operationId) {
        changes.make(event.paymentId(), next, event,
                PublishOptions.options().key(event.number()).correlationId(operationId));
    }
}
