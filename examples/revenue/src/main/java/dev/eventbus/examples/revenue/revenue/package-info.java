/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Revenue: what the events of invoices, refunds and months that have passed do to the books.
 *
 * <pre>
 * InvoiceEvent     -> RevenueHandlers -> RevenueService -> RevenueRepository
 * PaymentRefunded     publishes          decides what      keeps an account per invoice
 * RecognitionDue      and sets timers    the books say  -> TaxRates
 *       ^                 |       |       by Earnings       what is owed on top; may be down
 *       +-- each month ---+       |       and StraightLine
 *                                 +-> RevenueEvent
 * </pre>
 *
 * <p>What an invoice has earned depends on its {@code Worth}, its service period and the months that have passed, and on nothing
 * else: an entry is what the books lack to say so.
 */
@NullMarked
package dev.eventbus.examples.revenue.revenue;

import org.jspecify.annotations.NullMarked;
