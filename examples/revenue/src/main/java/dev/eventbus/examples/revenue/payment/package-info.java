/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Payments: commands in, cards charged, events out.
 *
 * <pre>
 * PaymentActions -> PaymentService -> PaymentRepository
 *  opens the         decides and       keeps payments
 *  operation         publishes
 *                       |
 *                 PaymentGateway
 *                  charges cards; others run it
 * </pre>
 *
 * <p>Nothing here knows invoices: whoever pays names a number, and whoever handles the events knows what it stands for.
 */
@NullMarked
package dev.eventbus.examples.revenue.payment;

import org.jspecify.annotations.NullMarked;
