/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import dev.eventbus.deadletter.DeadLetter;
import dev.eventbus.deadletter.FailedAttempt;
import dev.eventbus.examples.revenue.app.watch.RetryDiary;
import dev.eventbus.examples.revenue.event.InvoiceEvent;
import java.util.List;

/** What failed, and what became of it. */
final class RecoverySection implements Section {
    @Override
    public void print(RunReport report, Page page) {
        Recovery recovery = report.recovery();
        EventFigures events = report.events();
        if (events.retries() + events.duplicates() + events.deadLetters() + recovery.parked() == 0) {
            return;
        }
        page.title("What failed, and what became of it");
        retried(recovery.retried(), page);
        parked(recovery, page);
        recovery.left().forEach(letter -> letter("left", letter, page));
        page.line("%-12s retries %,d   duplicates recognised %,d   breaker opened %,d   letters left %,d", "in all",
                events.retries(), events.duplicates(), events.circuitOpenings(), events.deadLetters());
    }

    private static void parked(Recovery recovery, Page page) {
        if (recovery.parked() == 0) {
            return;
        }
        recovery.some().forEach(letter -> letter("dead letter", letter, page));
        if (recovery.parked() > recovery.some().size()) {
            page.line("%-12s and %,d more", "", recovery.parked() - recovery.some().size());
        }
        page.line("%-12s %,d letters after the cause was mended: %,d handled, %,d failed again, %,d skipped",
                "redriven",
                recovery.parked(), recovery.redrive().handled(), recovery.redrive().failed(),
                recovery.redrive().skipped());
    }

    private static void retried(List<RetryDiary.Retry> retries, Page page) {
        if (retries.isEmpty()) {
            return;
        }
        RetryDiary.Retry first = retries.getFirst();
        page.line("%-12s %s %s in '%s'", "retried", first.type(), new ShortId(first.eventId()), first.subscription());
        retries.forEach(retry -> page.line("%-12s   attempt %d: %s; next after %.1f ms", "", retry.attempt(),
                retry.failure(), retry.delay().toNanos() / 1e6));
        page.line("%-12s   attempt %d: handled", "", retries.getLast().attempt() + 1);
    }

    private static void letter(String label, DeadLetter letter, Page page) {
        page.line("%-12s %s %s%s in '%s': %s", label, letter.event().metadata().type(),
                new ShortId(letter.event().id()), invoice(letter), letter.subscription(), letter.reason());
        letter.attempts().forEach(attempt -> page.prose("%-12s   attempt %d: ".formatted("", attempt.number()),
                failure(attempt)));
    }

    private static String failure(FailedAttempt attempt) {
        String name = attempt.failureClass().substring(attempt.failureClass().lastIndexOf('.') + 1);
        return attempt.message() == null ? name : name + ": " + attempt.message();
    }

    private static String invoice(DeadLetter letter) {
        return letter.event().payload() instanceof InvoiceEvent event ? " (" + event.number() + ")" : "";
    }
}
