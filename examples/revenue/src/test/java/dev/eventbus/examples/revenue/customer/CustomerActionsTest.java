/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.customer;

import static dev.eventbus.testkit.assertion.EventBusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.examples.revenue.event.Customer;
import dev.eventbus.examples.revenue.event.CustomerCreated;
import dev.eventbus.examples.revenue.event.CustomerDeleted;
import dev.eventbus.examples.revenue.event.CustomerEvent;
import dev.eventbus.examples.revenue.event.CustomerRules;
import dev.eventbus.examples.revenue.event.CustomerUpdated;
import dev.eventbus.examples.revenue.operation.Action;
import dev.eventbus.examples.revenue.operation.InMemoryOperationLog;
import dev.eventbus.examples.revenue.operation.Operation;
import dev.eventbus.examples.revenue.operation.OperationLog;
import dev.eventbus.examples.revenue.operation.Operations;
import dev.eventbus.examples.revenue.operation.Result;
import dev.eventbus.testkit.RecordedEvents;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.TestEventBusBuilder;
import dev.eventbus.testkit.junit.EventBusSetup;
import dev.eventbus.testkit.junit.EventBusTest;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Commands about customers. */
@EventBusTest
@DisplayNameGeneration(ReplaceUnderscores.class)
final class CustomerActionsTest implements EventBusSetup {
    private static final Customer ADA = new Customer("20001", "Ada", "ada@example.org", "France");
    private static final Customer ADA_IN_SPAIN = new Customer("20001", "Ada", "ada@example.org", "Spain");

    private final CustomerRules rules = new CustomerRules();
    private final CustomerRepository repository = new InMemoryCustomerRepository();
    private final OperationLog operations = new InMemoryOperationLog();
    private final AtomicInteger ids = new AtomicInteger();
    private RecordedEvents recorded;
    private CustomerActions actions;

    @Override
    public void setUp(TestEventBusBuilder builder) {
        builder.configure(
                b -> b.validate(CustomerEvent.class, rules::any).validate(CustomerCreated.class, rules::created)
                        .validate(CustomerUpdated.class, rules::updated));
    }

    @BeforeEach
    void open(TestEventBus bus) {
        recorded = bus.recorded();
        actions = new CustomerActions(new CustomerService(repository, bus),
                new Operations(() -> "op-" + ids.incrementAndGet(), operations));
    }

    @Test
    void a_customer_comes_changes_and_goes_and_nothing_is_kept_but_the_id() {
        assertThat(actions.create(ADA)).isEqualTo(new Result.Done(new Operation("op-1", Action.CREATE, "20001", 1)));
        assertThat(actions.update(ADA_IN_SPAIN))
                .isEqualTo(new Result.Done(new Operation("op-2", Action.UPDATE, "20001", 2)));
        assertThat(repository.find("20001").orElseThrow().customer()).isEqualTo(ADA_IN_SPAIN);
        assertThat(actions.delete("20001"))
                .isEqualTo(new Result.Done(new Operation("op-3", Action.DELETE, "20001", 3)));

        assertThat(recorded.payloads(CustomerEvent.class)).containsExactly(new CustomerCreated(ADA),
                new CustomerUpdated(ADA_IN_SPAIN), new CustomerDeleted("20001"));
        assertThat(recorded.of(CustomerEvent.class)).extracting(event -> event.event().metadata().correlationId())
                .containsExactly("op-1", "op-2", "op-3");
        assertThat(recorded.of(CustomerEvent.class)).extracting(event -> event.event().metadata().key())
                .containsOnly("20001");
        assertThat(repository.find("20001")).contains(new RegisteredCustomer("20001", 3, null));
        assertThat(operations.find("op-2")).contains(new Operation("op-2", Action.UPDATE, "20001", 2));
    }

    @Test
    void an_unknown_one_is_refused() {
        assertThat(actions.update(ADA)).isEqualTo(refused("op-1", "Customer '20001' is unknown; create it first"));
        assertThat(actions.delete("20001")).isEqualTo(refused("op-2", "Customer '20001' is unknown; create it first"));
        assertThat(recorded).never(CustomerEvent.class);
        assertThat(operations.find("op-1")).isEmpty();
    }

    @Test
    void an_id_is_given_once_and_not_again_after_a_deletion() {
        actions.create(ADA);
        assertThat(actions.create(ADA))
                .isEqualTo(refused("op-2", "Customer '20001' exists already; update it instead"));
        actions.delete("20001");

        assertThat(actions.create(ADA)).isInstanceOf(Result.Refused.class);
        assertThat(actions.update(ADA)).isEqualTo(refused("op-5", "Customer '20001' refused UPDATE: it is DELETED"));
        assertThat(actions.delete("20001"))
                .isEqualTo(refused("op-6", "Customer '20001' refused DELETE: it is DELETED"));
        assertThat(recorded).published(CustomerEvent.class).times(2);
    }

    @Test
    void what_breaks_the_rules_is_refused_and_changes_nothing() {
        actions.create(ADA);
        Result refused = actions.update(new Customer("20001", " ", "ada@example.org", "France"));

        assertThat(refused).isInstanceOfSatisfying(Result.Refused.class,
                result -> assertThat(result.reason()).contains("customer.name must not be blank"));
        assertThat(repository.find("20001")).contains(new RegisteredCustomer("20001", 1, ADA));
    }

    private static Result refused(String operation, String reason) {
        return new Result.Refused(operation, reason);
    }
}
