/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Notification: tells customers what happened, by mail. Knows nothing but events; what goes out cannot be taken back.
 *
 * <pre>
 * CustomerEvent --+                       AddressBook
 * InvoiceEvent  --+-> NotificationHandlers -> Wording -> Outbox (MailFolder)
 * PaymentEvent  --+    who gets what           how        keeps mails until somebody sends them
 * </pre>
 */
@NullMarked
package dev.eventbus.examples.revenue.notification;

import org.jspecify.annotations.NullMarked;
