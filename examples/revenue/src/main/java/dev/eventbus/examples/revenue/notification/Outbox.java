/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.notification;

import java.io.IOException;

/** Takes the mails that go out. */
@FunctionalInterface
public interface Outbox {
    /**
     * Takes a mail, in place of one with the same id: what an attempt before this one put there.
     *
     * @param mail the mail
     * @throws IOException if it could not be taken; trying again may help
     */
    void put(Mail mail) throws IOException;
}
