/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

/** One operation of a scenario: what somebody asks the system for. */
sealed interface Step
        permits CreateCustomer, UpdateCustomer, DeleteCustomer, WriteInvoice, AddLines, PayByCard, NotePaid,
        RefundPayment, VoidInvoice, DeleteInvoice {}
