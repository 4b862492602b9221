/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.eventbus.EventBusBuilder;
import dev.eventbus.publish.EventValidator;
import dev.eventbus.publish.InvalidEventException;
import dev.eventbus.publish.Validation;
import dev.eventbus.publish.Violation;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.TestEventBusBuilder;
import dev.eventbus.testkit.junit.EventBusSetup;
import dev.eventbus.testkit.junit.EventBusTest;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the rules of each family let through, and what they refuse.
 *
 * <p>Each broken event breaks one rule alone, so that a rule which is taken out lets its event through; and the rules may check
 * nothing that no broken event breaks, so that none is added without a test.
 */
@EventBusTest
@DisplayNameGeneration(ReplaceUnderscores.class)
final class RulesTest implements EventBusSetup {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 31);
    private static final ServicePeriod SERVICE = new ServicePeriod(DAY, DAY);
    private static final Document INVOICE = Document.of("536365", InvoiceKind.INVOICE, DAY, "20001", "France");
    private static final Document DUE = INVOICE.dueOn(DAY);
    private static final InvoiceLine LINE = new InvoiceLine("10001", "", -1, BigDecimal.ZERO);
    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final BigDecimal ZERO = BigDecimal.ZERO;
    private static final MonthlyAmount JANUARY = new MonthlyAmount(YearMonth.of(2026, 1), ONE);
    private static final MonthlyAmount FEBRUARY = new MonthlyAmount(YearMonth.of(2026, 2), ONE);

    private static final String BLANK = "must not be blank";
    private static final String NUMBER = "must be digits, or C or A and digits";
    private static final String POSITIVE = "must be positive";
    private static final String SHORT = "must have at most 18 digits and a scale from -12 to 12";
    private static final String SCALED = "must have a scale from -12 to 12";
    private static final BigDecimal LONG = new BigDecimal("1234567890123456.789");
    private static final BigDecimal HUGE = new BigDecimal("1E+1000000000");
    private static final BigDecimal FINE = new BigDecimal("1E-1000000000");

    /** An event that breaks one rule. */
    record Broken(Object event, String path, String text) {}

    /** A method of the rules, and the type for which it is registered. */
    private record Rule<E>(Class<E> type, EventValidator<E> method) {
        void register(EventBusBuilder bus) {
            bus.validate(type, method);
        }

        /** Notes which constraints an event meets, and which of them it breaks. */
        void probe(Object event, Set<String> met, Set<String> broken) {
            if (type.isInstance(event)) {
                method.validate(new Probe<>(type.cast(event), type.getSimpleName(), met, broken));
            }
        }
    }

    private record Probe<E>(E payload, String name, Set<String> met, Set<String> broken) implements Validation<E> {
        @Override
        public void require(String path, boolean holds, String text) {
            String constraint = name + ": " + path + " " + text;
            met.add(constraint);
            if (!holds) {
                broken.add(constraint);
            }
        }
    }

    @Override
    public void setUp(TestEventBusBuilder builder) {
        builder.configure(bus -> rules().forEach(rule -> rule.register(bus)));
    }

    private static List<Rule<?>> rules() {
        InvoiceRules invoices = new InvoiceRules();
        CustomerRules customers = new CustomerRules();
        PaymentRules payments = new PaymentRules();
        RevenueRules revenue = new RevenueRules();
        return List.of(new Rule<>(InvoiceEvent.class, invoices::any),
                new Rule<>(InvoiceCreated.class, invoices::created),
                new Rule<>(InvoiceUpdated.class, invoices::updated),
                new Rule<>(InvoicePaymentReceived.class, invoices::paymentReceived),
                new Rule<>(InvoiceReminderSent.class, invoices::reminderSent),
                new Rule<>(InvoiceOverdue.class, invoices::overdue),
                new Rule<>(CustomerEvent.class, customers::any),
                new Rule<>(CustomerCreated.class, customers::created),
                new Rule<>(CustomerUpdated.class, customers::updated),
                new Rule<>(PaymentEvent.class, payments::any),
                new Rule<>(PaymentFailed.class, payments::failed),
                new Rule<>(RevenueEvent.class, revenue::any),
                new Rule<>(RevenueDeferred.class, revenue::deferred),
                new Rule<>(RevenueRecognized.class, revenue::recognized));
    }

    static Stream<Object> valid() {
        return Stream.of(
                new InvoiceCreated(INVOICE, 1, List.of(LINE, LINE)),
                new InvoiceCreated(numbered("C" + "9".repeat(20)), 1, List.of(LINE)),
                new InvoiceCreated(numbered("A1"), 1, List.of(LINE)),
                new InvoiceCreated(DUE.serving(SERVICE), 1, List.of(LINE)),
                new InvoiceUpdated(INVOICE, 2, List.of(LINE)),
                new InvoiceUpdated(INVOICE, 2, List.of(priced(new BigDecimal("123456.789012345678")),
                        priced(new BigDecimal("1E+12")))),
                new InvoicePaymentReceived(INVOICE, 1, "p1", new BigDecimal("0.01"), ONE.negate()),
                new InvoicePaid(INVOICE.serving(new ServicePeriod(DAY, DAY.plusYears(10).minusDays(1))), 1),
                new InvoiceReminderSent(DUE, 1, ONE),
                new InvoiceOverdue(DUE, 1, ONE),
                new InvoiceVoided(INVOICE, 1),
                new InvoiceDeleted(INVOICE, 1),
                new CustomerCreated(customer("Ann", "a@b", "France")),
                new CustomerUpdated(customer("Ann", "ann@example.org", "France")),
                new CustomerDeleted("20001"),
                new PaymentSucceeded("p1", "536365", ONE),
                new PaymentFailed("p1", "C1", ONE, "declined"),
                new PaymentRefunded("p1", "A1", ONE),
                new RevenueDeferred(INVOICE.serving(SERVICE), List.of(), ONE),
                new RevenueRecognized(INVOICE, List.of(JANUARY), ZERO),
                new RevenueRecognized(INVOICE.serving(SERVICE), List.of(JANUARY, FEBRUARY), ONE.negate()),
                new RevenueAdjusted(INVOICE, List.of(), new BigDecimal("0.00")),
                new RevenueReversed(INVOICE.serving(SERVICE), List.of(JANUARY), ONE),
                new ReminderDue("536365"), new PaymentDue("536365"),
                new RecognitionDue("536365", YearMonth.of(2026, 1)));
    }

    static Stream<Broken> broken() {
        return Stream.of(invoices(), customers(), payments(), revenue()).flatMap(family -> family);
    }

    private static Stream<Broken> invoices() {
        InvoiceLine nameless = new InvoiceLine(" ", "FRAME", 1, ONE);
        return Stream.of(
                new Broken(new InvoicePaid(numbered(""), 1), "document.number", NUMBER),
                new Broken(new InvoicePaid(numbered("C"), 1), "document.number", NUMBER),
                new Broken(new InvoicePaid(numbered("B1"), 1), "document.number", NUMBER),
                new Broken(new InvoicePaid(numbered("1\n"), 1), "document.number", NUMBER),
                new Broken(new InvoicePaid(numbered("\u0661"), 1), "document.number", NUMBER),
                new Broken(new InvoicePaid(numbered("9".repeat(21)), 1), "document.number", NUMBER),
                new Broken(new InvoiceVoided(Document.of("1", InvoiceKind.INVOICE, DAY, null, " "), 1),
                        "document.country", BLANK),
                new Broken(new InvoiceVoided(Document.of("1", InvoiceKind.INVOICE, DAY, "", "France"), 1),
                        "document.customer", BLANK),
                new Broken(new InvoiceDeleted(INVOICE.dueOn(DAY.minusDays(1)), 1), "document.due",
                        "must not be before the date of the document"),
                new Broken(new InvoicePaid(INVOICE.serving(new ServicePeriod(DAY, DAY.plusDays(3_653))), 1),
                        "document.service", "must have at most 3653 days"),
                new Broken(new InvoicePaid(INVOICE, 0), "revision", "must be >= 1"),
                new Broken(new InvoiceCreated(INVOICE, 2, List.of(LINE)), "revision", "must be 1"),
                new Broken(new InvoiceCreated(INVOICE, 1, List.of()), "lines", "must not be empty"),
                new Broken(new InvoiceCreated(INVOICE, 1, List.of(LINE, nameless)), "lines[1].stockCode", BLANK),
                new Broken(new InvoiceUpdated(INVOICE, 1, List.of(LINE)), "revision", "must be > 1"),
                new Broken(new InvoiceUpdated(INVOICE, 2, List.of()), "added", "must not be empty"),
                new Broken(new InvoiceUpdated(INVOICE, 2, List.of(nameless)), "added[0].stockCode", BLANK),
                new Broken(new InvoicePaymentReceived(INVOICE, 1, "\t", ONE, ONE), "paymentId", BLANK),
                new Broken(new InvoicePaymentReceived(INVOICE, 1, "p1", ZERO, ONE), "amount", POSITIVE),
                new Broken(new InvoicePaymentReceived(INVOICE, 1, "p1", ONE.negate(), ONE), "amount", POSITIVE),
                new Broken(new InvoiceCreated(INVOICE, 1, List.of(LINE, priced(HUGE))), "lines[1].unitPrice", SHORT),
                new Broken(new InvoiceUpdated(INVOICE, 2, List.of(priced(FINE))), "added[0].unitPrice", SHORT),
                new Broken(new InvoiceUpdated(INVOICE, 2, List.of(priced(LONG))), "added[0].unitPrice", SHORT),
                new Broken(new InvoicePaymentReceived(INVOICE, 1, "p1", LONG, ONE), "amount", SHORT),
                new Broken(new InvoicePaymentReceived(INVOICE, 1, "p1", HUGE, ONE), "amount", SHORT),
                new Broken(new InvoicePaymentReceived(INVOICE, 1, "p1", ONE, FINE.negate()), "outstanding", SCALED),
                new Broken(new InvoiceReminderSent(DUE, 1, HUGE), "outstanding", SCALED),
                new Broken(new InvoiceOverdue(DUE, 1, FINE), "outstanding", SCALED),
                new Broken(new InvoiceReminderSent(INVOICE, 1, ONE), "document.due", "must be there"),
                new Broken(new InvoiceReminderSent(DUE, 1, ZERO), "outstanding", POSITIVE),
                new Broken(new InvoiceOverdue(INVOICE, 1, ONE), "document.due", "must be there"),
                new Broken(new InvoiceOverdue(DUE, 1, ONE.negate()), "outstanding", POSITIVE));
    }

    private static Stream<Broken> customers() {
        String mail = "customer.email";
        String parts = "must be a name, an @ and a host";
        String clean = "must have no white space or control characters";
        return Stream.of(
                new Broken(new CustomerDeleted(" "), "customerId", BLANK),
                new Broken(new CustomerCreated(new Customer("", "Ann", "a@b", "France")), "customerId", BLANK),
                new Broken(new CustomerCreated(customer("", "a@b", "France")), "customer.name", BLANK),
                new Broken(new CustomerUpdated(customer("\n", "a@b", "France")), "customer.name", BLANK),
                new Broken(new CustomerCreated(customer("Ann", "a@b", " ")), "customer.country", BLANK),
                new Broken(new CustomerUpdated(customer("Ann", "a@b", "")), "customer.country", BLANK),
                new Broken(new CustomerCreated(customer("Ann", "ann", "France")), mail, parts),
                new Broken(new CustomerCreated(customer("Ann", "@b", "France")), mail, parts),
                new Broken(new CustomerUpdated(customer("Ann", "a@", "France")), mail, parts),
                new Broken(new CustomerCreated(customer("Ann", "a\r\nBcc:x@b", "France")), mail, clean),
                new Broken(new CustomerCreated(customer("Ann", "a@b c", "France")), mail, clean),
                new Broken(new CustomerUpdated(customer("Ann", "a@b\u007f", "France")), mail, clean));
    }

    private static Stream<Broken> payments() {
        return Stream.of(
                new Broken(new PaymentSucceeded(" ", "1", ONE), "paymentId", BLANK),
                new Broken(new PaymentRefunded("p1", "D1", ONE), "number", NUMBER),
                new Broken(new PaymentRefunded("p1", "1", ONE.negate()), "amount", POSITIVE),
                new Broken(new PaymentSucceeded("p1", "1", ZERO), "amount", POSITIVE),
                new Broken(new PaymentSucceeded("p1", "1", LONG), "amount", SHORT),
                new Broken(new PaymentSucceeded("p1", "1", HUGE), "amount", SHORT),
                new Broken(new PaymentFailed("p1", "1", FINE, "declined"), "amount", SHORT),
                new Broken(new PaymentFailed("p1", "1", ONE, " "), "reason", BLANK));
    }

    private static Stream<Broken> revenue() {
        Document service = INVOICE.serving(SERVICE);
        String order = "must be in order, each once";
        return Stream.of(
                new Broken(new RevenueAdjusted(INVOICE, List.of(FEBRUARY, JANUARY), ZERO), "months", order),
                new Broken(new RevenueReversed(INVOICE, List.of(JANUARY, JANUARY), ZERO), "months", order),
                new Broken(new RevenueAdjusted(INVOICE, List.of(), ONE), "deferred",
                        "must be zero without a service period"),
                new Broken(new RevenueAdjusted(INVOICE, List.of(new MonthlyAmount(JANUARY.month(), HUGE)), ZERO),
                        "months.amount", SCALED),
                new Broken(new RevenueReversed(service, List.of(), FINE), "deferred", SCALED),
                new Broken(new RevenueDeferred(service, List.of(JANUARY), ONE), "months", "must be empty"),
                new Broken(new RevenueDeferred(INVOICE, List.of(), ZERO), "document.service", "must be there"),
                new Broken(new RevenueRecognized(service, List.of(), ZERO), "months", "must not be empty"));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void lets_a_valid_event_through(Object event, TestEventBus bus) {
        bus.publish(event);

        assertThat(bus.recorded().payloads(Object.class)).containsExactly(event);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void refuses_what_breaks_one_rule_with_its_path_and_text(Broken broken, TestEventBus bus) {
        InvalidEventException refused = catchThrowableOfType(InvalidEventException.class,
                () -> bus.publish(broken.event()));

        assertThat(refused).describedAs("accepted").isNotNull();
        assertThat(refused.violations()).containsExactly(new Violation(broken.path(), broken.text()));
        assertThat(bus.recorded().payloads(Object.class)).isEmpty();
    }

    @Test
    void lets_an_event_of_every_type_through() {
        Set<Class<?>> types = Stream.of(InvoiceEvent.class, CustomerEvent.class, PaymentEvent.class, RevenueEvent.class,
                Deadline.class).flatMap(family -> Stream.of(family.getPermittedSubclasses()))
                .collect(Collectors.toSet());

        assertThat(valid().map(Object::getClass).collect(Collectors.toSet())).isEqualTo(types);
    }

    @Test
    void checks_nothing_that_no_broken_event_breaks() {
        Set<String> met = new TreeSet<>();
        Set<String> violated = new TreeSet<>();
        List<Object> events = Stream.concat(valid(), broken().map(Broken::event)).toList();
        rules().forEach(rule -> events.forEach(event -> rule.probe(event, met, violated)));

        assertThat(violated).isEqualTo(met);
    }

    @Test
    void registers_every_method_of_the_rules() {
        long methods = Stream.of(InvoiceRules.class, CustomerRules.class, PaymentRules.class, RevenueRules.class)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers())).count();

        assertThat(rules()).hasSize((int) methods);
    }

    private static Document numbered(String number) {
        return Document.of(number, InvoiceKind.INVOICE, DAY, null, "France");
    }

    private static InvoiceLine priced(BigDecimal unitPrice) {
        return new InvoiceLine("10001", "", 1, unitPrice);
    }

    private static Customer customer(String name, String email, String country) {
        return new Customer("20001", name, email, country);
    }
}
