import static dev.eventbus.testkit.assertion.EventBusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.VirtualTime;
import dev.eventbus.testkit.junit.EventBusTest;
import dev.eventbus.testkit.junit.ExploreSeeds;
import dev.eventbus.testkit.junit.Seed;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EventBusTest
class InvoiceTest {
    record InvoicePaid(String id) {}

    record MailSent(String id) {}

    @BeforeEach
    void subscribe(TestEventBus bus) {
        bus.subscribe("mail", s -> s.onEvent(InvoicePaid.class, delivery -> {
            if (delivery.attempt() == 1) {
                throw new IOException("down");
            }
            delivery.publisher().publish(new MailSent(delivery.payload().id()));
        }).retry(RetryPolicy.fixed(Duration.ofMinutes(1)).maxAttempts(2)));
    }

    @Test
    void a_mail_is_sent_a_minute_later(TestEventBus bus, VirtualTime time) {
        bus.publish(new InvoicePaid("INV-1"));
        time.advance(Duration.ofMinutes(1));

        assertThat(bus).retried("mail", 1).published(MailSent.class).with(mail -> mail.id().equals("INV-1"))
                .causedBy(InvoicePaid.class).times(1);
        assertThat(time.elapsed()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    @Seed(7)
    void pinned(TestEventBus bus) {
        bus.publish(new InvoicePaid("INV-1"));
        bus.awaitIdle();
        assertThat(bus).retried("mail", 1);
    }

    @ExploreSeeds(20)
    void explored(TestEventBus bus) {
        bus.publish(new InvoicePaid("INV-1"));
        bus.awaitIdle();
        assertThat(bus).retried("mail", 1);
    }
}
