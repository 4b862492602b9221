/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.notification;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Keeps each mail as a text file of a folder, for somebody to send: headers, an empty line, the body, in UTF-8.
 *
 * <p>The file has the name of the event, so that a repeated attempt replaces its own. It is written beside and moved in one
 * step: who looks finds a whole mail or none. What was left beside by a crash ends in {@code .tmp}. Headers are harmless
 * lines whatever the mail says. Thread-safe.
 */
public final class MailFolder implements Outbox {
    private final Path folder;

    /**
     * Creates the folder unless it is there.
     *
     * @param folder where the mails go
     * @throws IOException if it cannot be created
     */
    public MailFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    @Override
    public void put(Mail mail) throws IOException {
        Path beside = Files.createTempFile(folder, mail.id().toString(), ".tmp");
        try {
            Files.write(beside, text(mail).getBytes(StandardCharsets.UTF_8));
            Files.move(beside, folder.resolve(mail.id() + ".txt"), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    // In angle brackets, so that an address with a comma is a wrong one and not two.
    private static String text(Mail mail) {
        return "To: <" + PlainLine.of(mail.to()).replaceAll("[<>]", "") + ">\n"
                + "Subject: " + PlainLine.of(mail.subject()) + "\n"
                + "X-Event: " + mail.id() + "\n"
                + "\n"
                + mail.body();
    }
}
