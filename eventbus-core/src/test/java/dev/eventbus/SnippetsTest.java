/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.breaker.CircuitBreakerPolicy;
import dev.eventbus.deadletter.DeadLetterQuery;
import dev.eventbus.event.Metadata;
import dev.eventbus.policy.RateLimit;
import dev.eventbus.policy.RetryBudgetPolicy;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.Overflow;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The samples of the Javadoc. */
class SnippetsTest {
    record InvoicePaid(String invoiceId, BigDecimal amount) {}

    record InvoiceCreated(String invoiceId) {}

    /** A service as applications have it. */
    static final class Revenue {
        final List<String> calls = new ArrayList<>();

        void created(InvoiceCreated created) {
            calls.add("created " + created.invoiceId());
        }

        void book(InvoicePaid paid) {
            calls.add("booked " + paid.amount());
        }

        void tax(InvoicePaid paid) {
            calls.add("taxed " + paid.amount());
        }

        void paid(InvoicePaid paid, Metadata metadata, int attempt) throws IOException {
            calls.add("paid " + paid.amount() + " at depth " + metadata.depth() + " in attempt " + attempt);
            if (attempt == 1) {
                throw new IOException("busy");
            }
        }
    }

    @Test
    void several_types() {
        Revenue revenue = new Revenue();
        try (EventBus bus = EventBus.create("billing")) {
            bus.subscribe("revenue", s -> s
                    .on(InvoiceCreated.class, revenue::created)
                    .onEvent(InvoicePaid.class, d -> revenue.paid(d.payload(), d.event().metadata(), d.attempt()))
                    .filter(InvoicePaid.class, e -> e.payload().amount().signum() > 0)
                    .retry(RetryPolicy.exponential(ofMillis(50), ofSeconds(5)).retryOn(IOException.class)
                            .maxAttempts(8)));

            bus.publish(new InvoiceCreated("INV-1"));
            bus.publish(new InvoicePaid("INV-1", BigDecimal.ZERO));
            bus.publish(new InvoicePaid("INV-1", BigDecimal.ONE));
        }

        assertThat(revenue.calls).containsExactly("created INV-1", "paid 1 at depth 0 in attempt 1",
                "paid 1 at depth 0 in attempt 2");
    }

    @Test
    void order_by_key() {
        Revenue revenue = new Revenue();
        try (EventBus bus = EventBus.create("billing")) {
            bus.subscribe("ledger", s -> s
                    .on(InvoicePaid.class, revenue::book)
                    .ordering(Ordering.byKey(InvoicePaid.class, InvoicePaid::invoiceId)).concurrency(64)
                    .buffer(10_000, Overflow.block(ofSeconds(2)))
                    .timeout(ofSeconds(5)));

            bus.publish(new InvoicePaid("INV-1", BigDecimal.ONE));
        }

        assertThat(revenue.calls).containsExactly("booked 1");
    }

    @Test
    void leave_a_dependency_alone() {
        Revenue revenue = new Revenue();
        EventBus bus = EventBus.builder("billing")
                .circuitBreaker("tax",
                        CircuitBreakerPolicy.failureRate(0.5).window(50).openFor(ofSeconds(10)).halfOpen(3))
                .retryBudget(RetryBudgetPolicy.of("tax", 100, ofSeconds(1)))
                .build();
        bus.subscribe("tax", s -> s
                .on(InvoicePaid.class, revenue::tax)
                .circuitBreaker("tax")
                .retry(RetryPolicy.exponential(ofMillis(50), ofSeconds(5)).budget("tax"))
                .rateLimit(RateLimit.of(200, ofSeconds(1))));

        bus.publish(new InvoicePaid("INV-1", BigDecimal.ONE));
        bus.close();

        assertThat(revenue.calls).containsExactly("taxed 1");
    }

    @Test
    void redrive_dead_letters() throws InterruptedException {
        List<String> log = new ArrayList<>();
        try (EventBus bus = EventBus.builder("billing").retry(RetryPolicy.never()).build()) {
            bus.subscribe("ledger", s -> s.on(InvoicePaid.class, paid -> {
                if (paid.amount().signum() < 0) {
                    throw new IOException("negative");
                }
                log.add("booked " + paid.amount());
            }).ordering(Ordering.byKey(InvoicePaid.class, InvoicePaid::invoiceId)));
            bus.publish(new InvoicePaid("INV-1", new BigDecimal("-9.00")));
            bus.publish(new InvoicePaid("INV-1", new BigDecimal("5.00")));
            bus.drain(ofSeconds(30));
            UUID letter = bus.deadLetters().find(DeadLetterQuery.all()).getFirst().id();

            bus.deadLetters().summary().forEach(group -> log.add(group.count() + " x " + group.failureClass()));
            bus.deadLetters().edit(letter, new InvoicePaid("INV-1", new BigDecimal("9.00")), "wrong amount, ticket 7");
            bus.deadLetters().redrive(DeadLetterQuery.all().sequence("ledger", "INV-1"));
            bus.deadLetters().discard(DeadLetterQuery.all().subscription("mail"), "customer is gone");
        }

        assertThat(log).containsExactly("1 x java.io.IOException", "1 x null", "booked 9.00", "booked 5.00");
    }

    @Test
    void the_samples_of_the_readme_after_the_first_stand_here_or_in_the_module_they_are_of() throws IOException {
        String here = squeezed(Files.readString(Path.of("src/test/java/dev/eventbus/SnippetsTest.java"))
                + Files.readString(
                        Path.of("../eventbus-jackson/src/test/java/dev/eventbus/jackson/SnippetsTest.java")));
        List<String> samples = Pattern.compile("(?s)```java\n(.*?)```")
                .matcher(Files.readString(Path.of("../README.md")))
                .results().map(match -> squeezed(match.group(1))).skip(1).toList();

        assertThat(samples).isNotEmpty().allSatisfy(sample -> assertThat(here).contains(sample));
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }

    @Test
    void first() {
        List<BigDecimal> revenue = new ArrayList<>();
        // @start region="first"
        try (EventBus bus = EventBus.create("billing")) {
            bus.subscribe(InvoicePaid.class, "revenue", paid -> revenue.add(paid.amount()));
            bus.publish(new InvoicePaid("INV-1", new BigDecimal("99.00")));
        }
        // @end
        assertThat(revenue).containsExactly(new BigDecimal("99.00"));
    }
}
