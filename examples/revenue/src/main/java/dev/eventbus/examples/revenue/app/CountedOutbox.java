/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.examples.revenue.notification.Mail;
import dev.eventbus.examples.revenue.notification.MailFolder;
import dev.eventbus.examples.revenue.notification.Outbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts the mails on their way to the outbox. Thread-safe. */
final class CountedOutbox implements Outbox {
    private final Outbox outbox;
    private final AtomicLong count = new AtomicLong();

    private CountedOutbox(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * Opens an outbox.
     *
     * @param folder where mails are kept, or null to keep none
     * @return the outbox
     * @throws OutputException if the folder cannot be created
     */
    static CountedOutbox of(@Nullable Path folder) {
        try {
            return new CountedOutbox(folder == null ? mail -> {} : new MailFolder(folder));
        } catch (IOException uncreated) {
            throw OutputException.outbox(folder, uncreated);
        }
    }

    @Override
    public void put(Mail mail) throws IOException {
        outbox.put(mail);
        count.incrementAndGet();
    }

    long count() {
        return count.get();
    }
}
