/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.check;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceKind;
import dev.eventbus.examples.revenue.event.InvoiceLine;
import dev.eventbus.examples.revenue.event.ServicePeriod;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** What happens to one invoice, invented by a random generator: changes, refunds and an end, on some of its days. */
record History(Document document, List<Step> steps) {
    /** First day of all histories. */
    static final LocalDate BEGIN = LocalDate.of(2026, 1, 1);
    /** Day after the last step of all histories; some services go on. */
    static final LocalDate END = LocalDate.of(2028, 6, 16);

    private static final int DAYS_OF_DOCUMENTS = 600;
    private static final int DAYS_OF_STEPS = 290;

    /** One thing that happens, at the beginning of a day. */
    sealed interface Step {
        LocalDate day();
    }

    record Bill(LocalDate day, List<InvoiceLine> lines) implements Step {}

    record Refund(LocalDate day, BigDecimal amount) implements Step {}

    record Void(LocalDate day) implements Step {}

    record Delete(LocalDate day) implements Step {}

    static History random(int number, Random random) {
        Document document = document(number, random);
        List<Step> steps = new ArrayList<>();
        steps.add(new Bill(document.date(), lines(document.kind(), random)));
        for (int i = random.nextInt(4); i > 0; i--) {
            steps.add(random.nextInt(3) > 0
                    ? new Refund(later(document, random),
                            BigDecimal.valueOf(1 + random.nextInt(300_000), random.nextInt(5)))
                    : new Bill(later(document, random), lines(document.kind(), random)));
        }
        steps.sort(Comparator.comparing(Step::day));
        end(document, steps, random);
        return new History(document, List.copyOf(steps));
    }

    // What was voided or deleted is billed no more, but may be given back.
    private static void end(Document document, List<Step> steps, Random random) {
        if (random.nextInt(4) > 0) {
            return;
        }
        LocalDate day = later(document, random);
        steps.removeIf(step -> step instanceof Bill && step.day().isAfter(day));
        int place = (int) steps.stream().filter(step -> !step.day().isAfter(day)).count();
        steps.add(place, random.nextBoolean() ? new Void(day) : new Delete(day));
    }

    private static Document document(int number, Random random) {
        int kind = random.nextInt(10);
        LocalDate date = BEGIN.plusDays(random.nextInt(DAYS_OF_DOCUMENTS));
        String customer = random.nextInt(20) == 0 ? null : "c" + random.nextInt(200);
        Document document = Document.of((kind == 0 ? "C" : kind == 1 ? "A" : "") + number,
                kind == 0 ? InvoiceKind.CREDIT_NOTE : kind == 1 ? InvoiceKind.ADJUSTMENT : InvoiceKind.INVOICE, date,
                customer, random.nextBoolean() ? "United Kingdom" : "France");
        if (random.nextInt(4) == 0) {
            return document;
        }
        LocalDate from = date.plusDays(random.nextInt(400) - 200L);
        return document.serving(new ServicePeriod(from, from.plusDays(random.nextInt(1_000 >> random.nextInt(8)))));
    }

    private static List<InvoiceLine> lines(InvoiceKind kind, Random random) {
        int sign = kind == InvoiceKind.CREDIT_NOTE || kind == InvoiceKind.ADJUSTMENT && random.nextBoolean() ? -1 : 1;
        return random.ints(1 + random.nextInt(3), 0, 100_000).mapToObj(price -> new InvoiceLine("10001", "FRAME",
                sign * (1 + random.nextInt(5)), BigDecimal.valueOf(price, random.nextInt(5)))).toList();
    }

    private static LocalDate later(Document document, Random random) {
        return document.date().plusDays(random.nextInt(DAYS_OF_STEPS));
    }
}
