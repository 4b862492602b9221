/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.examples.revenue.app.eventfile.EventFileException;
import dev.eventbus.examples.revenue.customer.CustomerActions;
import dev.eventbus.examples.revenue.customer.CustomerService;
import dev.eventbus.examples.revenue.customer.InMemoryCustomerRepository;
import dev.eventbus.examples.revenue.event.CustomerCreated;
import dev.eventbus.examples.revenue.invoice.InMemoryInvoiceRepository;
import dev.eventbus.examples.revenue.invoice.InvoiceActions;
import dev.eventbus.examples.revenue.invoice.InvoiceService;
import dev.eventbus.examples.revenue.operation.InMemoryOperationLog;
import dev.eventbus.examples.revenue.operation.Operations;
import dev.eventbus.examples.revenue.payment.InMemoryPaymentGateway;
import dev.eventbus.examples.revenue.payment.InMemoryPaymentRepository;
import dev.eventbus.examples.revenue.payment.PaymentActions;
import dev.eventbus.examples.revenue.payment.PaymentService;
import dev.eventbus.subscribe.Dispatch;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Reading and playing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class ScenarioTest {
    private static final String CREATE = """
            {"specversion":"1.0","id":"1","source":"/scenario","type":"CreateCustomer","time":"2025-01-02T09:00:00Z",\
            "data":{"customer":{"id":"1","name":"A","email":"a@b.example","country":"France"}}}
            """;
    private static final String DELETE = """
            {"specversion":"1.0","id":"2","source":"/scenario","type":"DeleteCustomer","time":"2025-03-04T09:00:00Z",\
            "data":{"customerId":"1"}}
            """;

    private final EventBus bus = EventBus.builder("scenario").dispatch(Dispatch.synchronous()).build();
    private final Almanac almanac = new Almanac(bus, Instant.EPOCH);
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void close() {
        bus.close();
    }

    private static Scenario scenario(String... lines) {
        String all = String.join("", lines);
        return Scenario.read("test.jsonl", new ByteArrayInputStream(all.getBytes(StandardCharsets.UTF_8)));
    }

    private static String refused(String line) {
        return line.replace("\"data\"", "\"expected\":\"refused\",\"data\"");
    }

    private void play(String... lines) {
        AtomicInteger ids = new AtomicInteger();
        Operations operations = new Operations(() -> "op-" + ids.incrementAndGet(), new InMemoryOperationLog());
        Doors doors = new Doors(
                new CustomerActions(new CustomerService(new InMemoryCustomerRepository(), bus), operations),
                new InvoiceActions(new InvoiceService(new InMemoryInvoiceRepository(), bus), operations),
                new PaymentActions(
                        new PaymentService(new InMemoryPaymentRepository(), new InMemoryPaymentGateway(), bus),
                        operations));
        new Play(doors, almanac, () -> seen.add("rest")).play(scenario(lines));
    }

    @Test
    void the_bundled_one_is_a_year_of_every_operation() {
        Scenario bundled = Scenario.bundled();

        assertThat(bundled.begin()).isEqualTo("2025-01-02T09:00:00Z");
        assertThat(bundled.end()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(bundled.lines()).hasSizeBetween(60, 90).anyMatch(Scenario.Line::refused);
        assertThat(bundled.lines().stream().<Class<?>>map(line -> line.step().getClass()))
                .contains(Step.class.getPermittedSubclasses());
    }

    @Test
    void plays_each_operation_at_its_time_with_what_is_due_in_between() {
        bus.subscribe(CustomerCreated.class, "timers",
                created -> almanac.publishAt(Instant.parse("2025-02-01T00:00:00Z"), "due"));
        bus.subscribe(Object.class, "notes",
                event -> seen.add(event.getClass().getSimpleName() + " at " + almanac.now()));

        play(CREATE, DELETE);

        assertThat(seen).containsExactly("CustomerCreated at 2025-01-02T09:00:00Z", "rest",
                "String at 2025-02-01T00:00:00Z",
                "rest", "CustomerDeleted at 2025-03-04T09:00:00Z", "rest");
        assertThat(almanac.now()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void an_operation_that_is_refused_is_an_error() {
        assertThatThrownBy(() -> play(CREATE, DELETE, DELETE)).isInstanceOf(ScenarioException.class)
                .hasMessageContaining("scenario line 3 (DeleteCustomer) was refused: ");
    }

    @Test
    void one_that_is_expected_to_be_refused_is_none() {
        play(CREATE, DELETE, refused(DELETE));

        assertThat(seen).containsOnly("rest").hasSize(3);
    }

    @Test
    void one_that_is_not_refused_as_expected_is_an_error() {
        assertThatThrownBy(() -> play(refused(CREATE))).isInstanceOf(ScenarioException.class)
                .hasMessageContaining("line 1 (CreateCustomer) was carried out");
    }

    @Test
    void a_line_before_its_time_is_an_error() {
        assertThatThrownBy(() -> scenario(DELETE, CREATE)).isInstanceOf(ScenarioException.class)
                .hasMessageContaining("scenario line 2 (CreateCustomer) comes too early");
    }

    @Test
    void an_empty_file_is_an_error() {
        assertThatThrownBy(() -> scenario("")).isInstanceOf(ScenarioException.class)
                .hasMessageContaining("has no line");
    }

    @Test
    void an_operation_that_nobody_knows_is_an_error() {
        assertThatThrownBy(() -> scenario(CREATE, DELETE.replace("DeleteCustomer", "BlessCustomer")))
                .isInstanceOf(EventFileException.class).hasMessageContaining("'test.jsonl' line 2 is no event");
    }
}
