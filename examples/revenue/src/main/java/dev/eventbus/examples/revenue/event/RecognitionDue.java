/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import dev.eventbus.event.EventType;
import java.time.YearMonth;

/**
 * A month has passed of whose days an invoice earns its revenue.
 *
 * @param number the invoice
 * @param month the month
 */
@EventType(name = "RecognitionDue", version = 1)
public record RecognitionDue(String number, YearMonth month) implements Deadline {}
