/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.notification;

import java.util.UUID;

/**
 * One mail; its text shows the id alone. Immutable.
 *
 * @param id the event that it tells of: one event, one mail
 * @param to address of the customer
 * @param subject one line
 * @param body what it says, in lines that each end with a line feed
 */
public record Mail(UUID id, String to, String subject, String body) {
    /** Names the mail. */
    @Override
    public String toString() {
        return "Mail[" + id + "]";
    }
}
