/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.check;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceKind;
import dev.eventbus.examples.revenue.event.InvoiceLine;
import dev.eventbus.examples.revenue.event.ServicePeriod;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.TreeMap;

/**
 * What histories come to, reckoned another way than by the books: in whole numbers of the last digit, day by day, from the steps
 * alone.
 */
final class ExpectedFigures {
    private final Map<YearMonth, BigDecimal> months = new TreeMap<>();
    private final Map<InvoiceKind, BigDecimal> kinds = new TreeMap<>();
    private final Map<String, BigDecimal> customers = new TreeMap<>();
    private final Map<String, BigDecimal> deferred = new TreeMap<>();
    private final LocalDate today;

    ExpectedFigures(LocalDate today) {
        this.today = today;
    }

    void add(History history) {
        if (history.steps().stream().anyMatch(step -> step instanceof History.Void || step instanceof History.Delete)) {
            return;
        }
        BigDecimal billed = BigDecimal.ZERO;
        BigDecimal refunded = BigDecimal.ZERO;
        for (History.Step step : history.steps()) {
            if (step instanceof History.Bill bill) {
                for (InvoiceLine line : bill.lines()) {
                    billed = billed.add(line.unitPrice().multiply(new BigDecimal(line.quantity())));
                }
            } else if (step instanceof History.Refund refund) {
                refunded = refunded.add(refund.amount());
            }
        }
        divide(history.document(), worth(billed, refunded));
    }

    private static BigDecimal worth(BigDecimal billed, BigDecimal refunded) {
        if (billed.signum() <= 0) {
            return billed;
        }
        BigDecimal left = billed.subtract(refunded);
        return left.signum() < 0 ? BigDecimal.ZERO : left;
    }

    private void divide(Document document, BigDecimal worth) {
        ServicePeriod service = document.service();
        if (service == null) {
            earn(document, YearMonth.from(document.date()), worth);
            return;
        }
        int scale = Math.max(2, worth.scale());
        long units = worth.movePointRight(scale).longValueExact();
        long days = service.to().toEpochDay() - service.from().toEpochDay() + 1;
        long before = 0;
        long passed = 0;
        for (LocalDate day = service.from(); !day.isAfter(service.to()); day = day.plusDays(1)) {
            passed++;
            boolean isLastOfItsMonth = day.plusDays(1).getDayOfMonth() == 1;
            LocalDate end = YearMonth.from(day).plusMonths(1).atDay(1);
            if ((isLastOfItsMonth || day.equals(service.to())) && !end.isAfter(today)) {
                long earned = halfEven(units * passed, days);
                earn(document, YearMonth.from(day), BigDecimal.valueOf(earned - before, scale));
                before = earned;
            }
        }
        deferred.merge(customer(document), BigDecimal.valueOf(units - before, scale), BigDecimal::add);
    }

    private static long halfEven(long dividend, long divisor) {
        long floor = Math.floorDiv(dividend, divisor);
        long twice = 2 * Math.floorMod(dividend, divisor);
        boolean up = twice > divisor || twice == divisor && (floor & 1) == 1;
        return up ? floor + 1 : floor;
    }

    private void earn(Document document, YearMonth month, BigDecimal amount) {
        months.merge(month, amount, BigDecimal::add);
        kinds.merge(document.kind(), amount, BigDecimal::add);
        customers.merge(customer(document), amount, BigDecimal::add);
    }

    private static String customer(Document document) {
        return document.customer() == null ? "(unknown)" : document.customer();
    }

    Map<YearMonth, BigDecimal> months() {
        return exact(months);
    }

    Map<InvoiceKind, BigDecimal> kinds() {
        return exact(kinds);
    }

    Map<String, BigDecimal> customers() {
        return exact(customers);
    }

    Map<String, BigDecimal> deferred() {
        return exact(deferred);
    }

    /** Brings sums to one form: without those that are nothing, with as many digits as any of them has. */
    static <K> Map<K, BigDecimal> exact(Map<K, BigDecimal> sums) {
        Map<K, BigDecimal> exact = new TreeMap<>();
        sums.forEach((key, sum) -> {
            if (sum.signum() != 0) {
                exact.put(key, sum.setScale(8, RoundingMode.UNNECESSARY));
            }
        });
        return exact;
    }
}
