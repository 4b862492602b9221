/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.examples.revenue.Invoices;
import dev.eventbus.examples.revenue.app.scenario.Doors;
import dev.eventbus.examples.revenue.event.InvoiceUpdated;
import dev.eventbus.examples.revenue.event.PaymentDue;
import dev.eventbus.examples.revenue.operation.Result;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.Signal;
import dev.eventbus.publish.PublishOptions;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The layers as they are put together, on real threads. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class RevenueSystemTest {
    private final CountDownLatch updated = new CountDownLatch(1);

    // The lane of the invoice hands the payment on only when the invoice has published under its lock.
    private final BusObserver late = signal -> {
        if (signal instanceof Signal.Published published && published.event().payload() instanceof InvoiceUpdated) {
            updated.countDown();
        } else if (signal instanceof Signal.Handled handled && handled.subscription().equals("invoices")
                && handled.event().payload() instanceof PaymentDue) {
            awaitUpdate();
        }
    };

    private void awaitUpdate() {
        try {
            updated.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @Timeout(20)
    void who_changes_an_invoice_does_not_wait_for_a_payment_that_needs_the_invoice() {
        Settings settings = new Settings(null, null, Outputs.none(), DispatchMode.VIRTUAL, 2, Faults.none());
        try (RevenueSystem system = new RevenueSystem(settings, mail -> {}, List.of(late))) {
            Doors doors = system.layers().doors();
            doors.invoices().create(Invoices.invoice("1"), List.of(Invoices.line(1, "2.00")));
            system.bus().publish(new PaymentDue("1"), PublishOptions.options().key("1"));
            doors.payments().pay("p1", "1", BigDecimal.ONE, "4000 0000 0000 0001");

            Result result = doors.invoices().update("1", List.of(Invoices.line(1, "3.00")));

            assertThat(result).isInstanceOf(Result.Done.class);
        }
    }
}
