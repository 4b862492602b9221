/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.testkit.Shop.OrderPaid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class GateTest {
    private final List<String> log = new ArrayList<>();

    @Test
    void a_handler_waits_for_the_test() {
        // @start region="gate"
        try (TestEventBus bus = TestEventBus.create()) {
            Gate answered = Gate.closed(bus);
            bus.subscribe(OrderPaid.class, "mail", paid -> {
                log.add("connected");
                answered.await();
                log.add("sent");
            });

            bus.publish(new OrderPaid("A-1"));
            bus.runUntilIdle();
            assertThat(log).containsExactly("connected");

            answered.open();
            bus.runUntilIdle();
            assertThat(log).containsExactly("connected", "sent");
        }
        // @end region="gate"
    }

    @Test
    void once_open_it_holds_up_nobody() throws InterruptedException {
        try (TestEventBus bus = TestEventBus.create()) {
            Gate gate = Gate.closed(bus);
            assertThat(gate.isOpen()).isFalse();

            gate.open();
            gate.open();

            assertThat(gate.isOpen()).isTrue();
            gate.await();
        }
    }

    @Test
    void all_who_wait_go_on_in_time_that_stands_still() {
        try (TestEventBus bus = TestEventBus.builder().seed(7).build()) {
            Gate gate = Gate.closed(bus);
            bus.subscribe(OrderPaid.class, "one", paid -> gate.await());
            bus.subscribe(OrderPaid.class, "other", paid -> gate.await());
            bus.publish(new OrderPaid("A-1"));
            bus.runUntilIdle();

            gate.open();
            bus.runUntilIdle();

            assertThat(bus.recorded().all().getFirst().handledBy()).hasSize(2);
            assertThat(bus.time().elapsed()).isZero();
        }
    }

    @Test
    void after_a_year_of_virtual_time_it_gives_up() {
        try (TestEventBus bus = TestEventBus.create()) {
            Gate gate = Gate.closed(bus);

            assertThatThrownBy(gate::await).isInstanceOf(AssertionError.class)
                    .hasMessage("never came within PT8760H of virtual time: a gate to be opened (seed=0)");
            assertThat(bus.time().elapsed()).isEqualTo(Duration.ofDays(365));
        }
    }

    @Test
    void on_a_threaded_bus_it_holds_up_threads_of_the_machine() throws InterruptedException {
        try (TestEventBus bus = TestEventBus.builder().threaded().build()) {
            Gate gate = Gate.closed(bus);
            CountDownLatch begun = new CountDownLatch(1);
            bus.subscribe(OrderPaid.class, "mail", paid -> {
                begun.countDown();
                gate.await();
                log.add("sent");
            });
            bus.publish(new OrderPaid("A-1"));
            begun.await();
            assertThat(log).isEmpty();

            gate.open();
            bus.awaitIdle();

            assertThat(log).containsExactly("sent");
        }
    }

    @Test
    void a_thread_that_does_not_belong_to_the_bus_is_told() {
        try (TestEventBus bus = TestEventBus.create()) {
            Gate gate = Gate.closed(bus);
            FutureTask<Void> foreign = new FutureTask<>(() -> {
                gate.await();
                return null;
            });
            new Thread(foreign).start();

            assertThatThrownBy(() -> foreign.get(30, TimeUnit.SECONDS)).cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("which is no running thread of this simulation");
        }
    }
}
