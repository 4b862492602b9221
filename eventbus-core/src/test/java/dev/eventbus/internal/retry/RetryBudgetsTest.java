/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.error.ConfigurationException;
import dev.eventbus.internal.rate.TokenBucket;
import dev.eventbus.policy.RetryBudgetPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetryBudgetsTest {
    private static final RetryBudgetPolicy MAIL = RetryBudgetPolicy.of("mail", 2, Duration.ofSeconds(1));
    private static final RetryBudgetPolicy DATABASE = RetryBudgetPolicy.of("database", 1, Duration.ofSeconds(1));

    @Test
    void all_who_name_a_budget_share_it_and_no_other() {
        RetryBudgets budgets = new RetryBudgets(List.of(MAIL, DATABASE), 5);
        TokenBucket mail = budgets.find("mail");

        assertThat(budgets.find("mail")).isSameAs(mail).isNotSameAs(budgets.find("database"));
    }

    @Test
    void a_budget_begins_with_its_burst() {
        TokenBucket mail = new RetryBudgets(List.of(MAIL), -7).find("mail");

        assertThat(mail.take(-7)).isZero();
        assertThat(mail.take(-7)).isZero();
        assertThat(mail.take(-7)).isEqualTo(Duration.ofMillis(500).toNanos());
    }

    @Test
    void refuses_two_of_one_name() {
        assertThatThrownBy(() -> new RetryBudgets(List.of(MAIL, DATABASE, MAIL.burst(9)), 0))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Retry budget 'mail' is there twice; register it "
                        + "once and let its subscriptions share it by name");
    }

    @Test
    void names_those_there_are_when_asked_for_another() {
        RetryBudgets budgets = new RetryBudgets(List.of(MAIL, DATABASE), 0);

        assertThatThrownBy(() -> budgets.find("mial")).isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "Retry budget 'mial' is not one of the bus (budgets=[database, mail]); register it when the "
                                + "bus is built, or name one of them");
    }

    @Test
    void a_bus_without_budgets_says_so() {
        assertThatThrownBy(() -> new RetryBudgets(List.of(), 0).find("mail")).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("(budgets=[])");
    }
}
