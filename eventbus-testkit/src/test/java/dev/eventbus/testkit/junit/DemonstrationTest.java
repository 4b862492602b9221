/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.junit;

import static dev.eventbus.testkit.assertion.EventBusAssertions.assertThat;

import dev.eventbus.testkit.Shop.MailSent;
import dev.eventbus.testkit.Shop.OrderPaid;
import dev.eventbus.testkit.Shop.OrderPlaced;
import dev.eventbus.testkit.TestEventBus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

// @start region="test"
@EventBusTest
class DemonstrationTest {
    @BeforeEach
    void subscribe(TestEventBus bus) {
        bus.subscribe("mail", s -> s.onEvent(OrderPaid.class,
                delivery -> delivery.publisher().publish(new MailSent(delivery.payload().id()))));
    }

    @Test
    void a_mail_follows_a_payment(TestEventBus bus) {
        bus.publish(new OrderPaid("A-1"));
        bus.runUntilIdle();

        assertThat(bus).never(OrderPlaced.class)
                .published(MailSent.class).with(mail -> mail.to().equals("A-1")).causedBy(OrderPaid.class).times(1)
                .and().published(OrderPaid.class).handledBy("mail");
    }
}
// @end region="test"
