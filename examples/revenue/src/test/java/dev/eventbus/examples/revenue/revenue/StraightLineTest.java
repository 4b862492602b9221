/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.revenue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.examples.revenue.event.MonthlyAmount;
import dev.eventbus.examples.revenue.event.ServicePeriod;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a worth earns, by examples and on 100,000 random lines. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class StraightLineTest {
    private static final long SEED = 20_260_101;
    private static final int LINES = 100_000;
    private static final int COUNTED_DAY_BY_DAY = 2_000;
    private static final int MOST_DAYS = 5 * 366;

    @Test
    void months_bring_what_their_days_are_worth() {
        assertThat(months("100.00", "2026-01-01", "2026-03-31")).containsExactly(month("2026-01", "34.44"),
                month("2026-02", "31.12"), month("2026-03", "34.44"));
    }

    @Test
    void a_leap_day_counts() {
        assertThat(months("60.00", "2024-02-01", "2024-03-31")).containsExactly(month("2024-02", "29.00"),
                month("2024-03", "31.00"));
        assertThat(months("59.00", "2023-02-01", "2023-03-31")).containsExactly(month("2023-02", "28.00"),
                month("2023-03", "31.00"));
    }

    @Test
    void a_single_day_brings_all() {
        assertThat(months("9.99", "2024-02-29", "2024-02-29")).containsExactly(month("2024-02", "9.99"));
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0.00", "0.03, 0.02", "-0.03, -0.02", "0.05, 0.02", "0.001, 0.000", "0.003, 0.002", "1, 0.50",
            "1E+3, 500.00", "-7, -3.50", "0, 0.00"})
    void half_of_it_is_rounded_half_even_to_its_scale_and_two_digits_at_least(String worth, String half) {
        assertThat(line(worth, "2026-01-31", "2026-02-01").through(YearMonth.of(2026, 1)))
                .isEqualTo(new BigDecimal(half));
    }

    @Test
    void nothing_is_earned_before_the_first_day_and_nothing_more_after_the_last() {
        StraightLine line = line("5.00", "2026-02-10", "2026-03-09");

        assertThat(line.through(YearMonth.of(2026, 1))).isEqualTo("0.00");
        assertThat(line.monthsThrough(YearMonth.of(2026, 1))).isEmpty();
        assertThat(line.through(YearMonth.of(2026, 3))).isEqualTo("5.00");
        assertThat(line.through(YearMonth.of(9999, 12))).isEqualTo("5.00");
        assertThat(line.of(YearMonth.of(2026, 4))).isEqualTo("0.00");
        assertThat(line.monthsThrough(YearMonth.of(9999, 12))).hasSize(2);
    }

    @Test
    void on_random_lines_the_months_add_up_to_the_worth_and_none_has_another_sign() {
        Random random = new Random(SEED);
        for (int i = 0; i < LINES; i++) {
            StraightLine line = randomLine(random);
            List<MonthlyAmount> months = line.monthsThrough(YearMonth.from(line.period().to()));
            BigDecimal sum = months.stream().map(MonthlyAmount::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
            int sign = line.worth().signum();
            boolean isRight = sum.compareTo(line.worth()) == 0
                    && months.stream().allMatch(month -> month.amount().scale() == scale(line))
                    && months.stream().allMatch(month -> month.amount().signum() * sign >= 0);
            if (!isRight) { // described only then: 100,000 descriptions would take longer than the lines
                assertThat(months).describedAs(line.toString()).isEmpty();
            }
        }
    }

    @Test
    void on_random_lines_all_is_earned_at_the_last_day_and_never_more_than_half_a_digit_from_the_exact_share() {
        Random random = new Random(SEED + 1);
        for (int i = 0; i < LINES; i++) {
            StraightLine line = randomLine(random);
            YearMonth last = YearMonth.from(line.period().to());
            YearMonth some = YearMonth.from(line.period().from()).plusMonths(random.nextInt(61));
            boolean isRight = line.through(last).compareTo(line.worth()) == 0
                    && line.through(YearMonth.from(line.period().from()).minusMonths(1)).signum() == 0
                    && isNearest(line, some);
            if (!isRight) {
                assertThat(line.through(some)).describedAs(line + " through " + some).isNull();
            }
        }
    }

    @Test
    void on_random_periods_the_days_of_each_month_are_as_many_as_one_counts_day_by_day() {
        Random random = new Random(SEED + 2);
        for (int i = 0; i < COUNTED_DAY_BY_DAY; i++) {
            ServicePeriod period = randomPeriod(random);
            Map<YearMonth, Long> counted = period.from().datesUntil(period.to().plusDays(1))
                    .collect(Collectors.groupingBy(YearMonth::from, TreeMap::new, Collectors.counting()));

            assertThat(period.months()).containsExactlyElementsOf(counted.keySet());
            counted.forEach((month, days) -> assertThat(
                    period.daysThrough(month) - period.daysThrough(month.minusMonths(1))).isEqualTo(days));
        }
    }

    // In whole numbers of the last digit: twice the distance from the exact share is at most one, times the days.
    private static boolean isNearest(StraightLine line, YearMonth month) {
        BigInteger days = BigInteger.valueOf(line.period().days());
        BigInteger earned = line.through(month).movePointRight(scale(line)).toBigIntegerExact().multiply(days);
        BigInteger share = line.worth().movePointRight(scale(line)).toBigIntegerExact()
                .multiply(BigInteger.valueOf(line.period().daysThrough(month)));
        return earned.subtract(share).abs().shiftLeft(1).compareTo(days) <= 0;
    }

    private static int scale(StraightLine line) {
        return Math.max(2, line.worth().scale());
    }

    private static StraightLine randomLine(Random random) {
        long digits = random.nextLong(-10_000_000, 10_000_000) >> random.nextInt(24);
        return new StraightLine(BigDecimal.valueOf(digits, random.nextInt(7)), randomPeriod(random));
    }

    private static ServicePeriod randomPeriod(Random random) {
        LocalDate from = LocalDate.of(2019, 1, 1).plusDays(random.nextInt(10 * 365));
        return new ServicePeriod(from, from.plusDays(random.nextInt(MOST_DAYS >> random.nextInt(8))));
    }

    private static List<MonthlyAmount> months(String worth, String from, String to) {
        return line(worth, from, to).monthsThrough(YearMonth.of(9999, 12));
    }

    private static StraightLine line(String worth, String from, String to) {
        return new StraightLine(new BigDecimal(worth), new ServicePeriod(LocalDate.parse(from), LocalDate.parse(to)));
    }

    private static MonthlyAmount month(String month, String amount) {
        return new MonthlyAmount(YearMonth.parse(month), new BigDecimal(amount));
    }
}
