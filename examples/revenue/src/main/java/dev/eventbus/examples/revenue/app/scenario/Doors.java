/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

import dev.eventbus.examples.revenue.customer.CustomerActions;
import dev.eventbus.examples.revenue.invoice.InvoiceActions;
import dev.eventbus.examples.revenue.operation.Result;
import dev.eventbus.examples.revenue.payment.PaymentActions;

/**
 * Where operations are asked for. Thread-safe.
 *
 * @param customers takes commands for customers
 * @param invoices takes commands for invoices
 * @param payments takes commands for payments
 */
public record Doors(CustomerActions customers, InvoiceActions invoices, PaymentActions payments) {
    Result carryOut(Step step) {
        return switch (step) {
            case CreateCustomer create -> customers.create(create.customer());
            case UpdateCustomer update -> customers.update(update.customer());
            case DeleteCustomer delete -> customers.delete(delete.customerId());
            case WriteInvoice write -> invoices.create(write.document(), write.lines());
            case AddLines add -> invoices.update(add.number(), add.lines());
            case NotePaid paid -> invoices.pay(paid.number());
            case VoidInvoice voided -> invoices.declareVoid(voided.number());
            case DeleteInvoice delete -> invoices.delete(delete.number());
            case PayByCard pay -> payments.pay(pay.paymentId(), pay.number(), pay.amount(), pay.card());
            case RefundPayment refund -> payments.refund(refund.paymentId());
        };
    }
}
