/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.publish.InvalidEventException;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.testkit.Rendezvous;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.TestEventBusBuilder;
import dev.eventbus.testkit.junit.EventBusSetup;
import dev.eventbus.testkit.junit.EventBusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Decide, publish and save. */
@EventBusTest
@DisplayNameGeneration(ReplaceUnderscores.class)
final class ChangesTest implements EventBusSetup {
    private final List<String> saved = new ArrayList<>();
    private final KeyLocks locks = new KeyLocks();
    private boolean broken;
    private Changes<String> changes;

    @Override
    public void setUp(TestEventBusBuilder builder) {
        builder.configure(b -> b.validate(String.class,
                event -> event.require("", !event.payload().equals("invalid"), "must be valid")));
    }

    @BeforeEach
    void open(TestEventBus bus) {
        changes = new Changes<>(bus, next -> {
            if (broken) {
                throw new IllegalStateException("not saved");
            }
            saved.add(next);
        });
    }

    @Test
    void what_the_bus_refuses_is_not_saved() {
        assertThatThrownBy(() -> make("a", "invalid")).isInstanceOf(InvalidEventException.class);

        assertThat(changes.alone("a", () -> "looked")).isEqualTo("looked");
        assertThat(saved).isEmpty();
    }

    @Test
    void what_could_not_be_saved_is_saved_before_anybody_looks_at_the_same_thing_again(TestEventBus bus) {
        broken = true;
        assertThatThrownBy(() -> make("a", "event")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> changes.alone("a", () -> "looked")).isInstanceOf(IllegalStateException.class);
        assertThat(changes.alone("b", () -> "looked")).isEqualTo("looked");
        broken = false;

        assertThat(changes.alone("a", () -> List.copyOf(saved))).containsExactly("a");
        assertThat(changes.alone("a", () -> List.copyOf(saved))).containsExactly("a");
        assertThat(bus.recorded().payloads(String.class)).containsExactly("event");
    }

    @Test
    void a_thing_is_held_by_one_thread_at_a_time_and_nothing_is_kept_of_it() {
        int[] counter = new int[1];
        Rendezvous.collide(4, task -> {
            for (int i = 0; i < 500; i++) {
                locks.holding("a", () -> {
                    int before = counter[0];
                    Thread.yield(); // whoever else is in here counts from the same number
                    return counter[0] = before + 1;
                });
            }
            return "done";
        }).forEach(outcome -> assertThat(outcome.value()).isEqualTo("done"));

        assertThat(counter[0]).isEqualTo(2_000);
        assertThat(locks.size()).isZero();
    }

    @Test
    void different_things_do_not_wait_for_each_other() {
        CountDownLatch both = new CountDownLatch(2);

        Rendezvous.collide(2, task -> locks.holding("thing " + task, () -> {
            both.countDown();
            return await(both);
        })).forEach(outcome -> assertThat(outcome.value()).isTrue());
    }

    @Test
    void what_throws_lets_go() {
        assertThatThrownBy(() -> locks.holding("a", () -> {
            throw new IllegalStateException("thrown");
        })).hasMessage("thrown");

        assertThat(locks.size()).isZero();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void make(String id, Object event) {
        changes.alone(id, () -> changes.make(id, id, event, PublishOptions.options()));
    }
}
