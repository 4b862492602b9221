/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.junit;

import static dev.eventbus.testkit.assertion.EventBusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBus;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.testkit.RecordedEvents;
import dev.eventbus.testkit.Shop.MailSent;
import dev.eventbus.testkit.Shop.OrderPaid;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.TestEventBusBuilder;
import dev.eventbus.testkit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EventBusExtensionTest {
    private static final String FAILURE_OF_MAIL = """
            the test expected no failure, but there were 2:
              #1 OrderPaid: attempt 1 of 'mail' failed: java.io.IOException: down
              #1 OrderPaid: dead letter of 'mail': ATTEMPTS_EXHAUSTED
            assert it, or say that the subscription is meant to fail: recorded.expectFailuresOf(name)""";

    /** Run by the tests below alone. */
    static final class Cases {
        static void failing(TestEventBus bus) {
            bus.subscribe("mail", s -> s.on(OrderPaid.class, paid -> {
                throw new IOException("down");
            }).retry(RetryPolicy.fixed(Duration.ofSeconds(1)).maxAttempts(1)));
            bus.publish(new OrderPaid("A-1"));
            bus.awaitIdle();
        }

        @EventBusTest
        static final class Failures {
            @Test
            void unexpected(TestEventBus bus) {
                failing(bus);
            }

            @Test
            void asserted(TestEventBus bus) {
                failing(bus);
                assertThat(bus).deadLettered(OrderPaid.class);
            }

            @Test
            void announced(TestEventBus bus, RecordedEvents recorded) {
                recorded.expectFailuresOf("mail");
                failing(bus);
            }

            @Test
            void failed(TestEventBus bus) {
                failing(bus);
                throw new IllegalStateException("of the test");
            }
        }

        @EventBusTest
        static final class Closing {
            @Test
            void itself(TestEventBus bus) {
                bus.publish(new OrderPaid("A-1"));
                bus.close();
            }

            @Test
            void without_letting_handlers_run(TestEventBus bus) {
                bus.subscribe(OrderPaid.class, "mail", paid -> {
                    throw new IllegalStateException("down");
                });
                bus.publish(new OrderPaid("A-1"));
            }
        }

        @EventBusTest
        static final class Constructed {
            Constructed(TestEventBus bus) {
            }

            @Test
            void never() {
            }
        }
    }

    @Test
    void a_failure_that_nobody_expects_fails_the_test() {
        Launched launched = Launched.run(Cases.Failures.class);

        assertThat(launched.failureOf("unexpected(TestEventBus)")).isInstanceOf(AssertionError.class)
                .hasMessage(FAILURE_OF_MAIL);
        assertThat(launched.failures().get("asserted(TestEventBus)")).isEmpty();
        assertThat(launched.failures().get("announced(TestEventBus, RecordedEvents)")).isEmpty();
    }

    @Test
    void a_test_that_fails_by_itself_says_so_and_what_happened_is_printed() {
        Launched launched = Launched.run(Cases.Failures.class);

        assertThat(launched.failureOf("failed(TestEventBus)")).hasMessage("of the test");
        assertThat(launched.err()).contains("""
                failed(TestEventBus) failed; what happened:
                #1 OrderPaid: mail dead-lettered
                """);
    }

    @Test
    void a_test_may_close_its_bus_itself_and_what_it_left_undone_is_looked_at() {
        Launched launched = Launched.run(Cases.Closing.class);

        assertThat(launched.failures().get("itself(TestEventBus)")).isEmpty();
        assertThat(launched.failureOf("without_letting_handlers_run(TestEventBus)"))
                .hasMessageContaining(
                        "#1 OrderPaid: attempt 1 of 'mail' failed: java.lang.IllegalStateException: down");
    }

    @Test
    void a_constructor_gets_no_bus() {
        Launched launched = Launched.run(Cases.Constructed.class);

        assertThat(launched.failureOf("never()")).hasMessageContaining(
                "a TestEventBus belongs to one test: take it as a parameter of a test method or a @BeforeEach method, not of"
                        + " a constructor or a @BeforeAll method");
    }

    @EventBusTest
    @Nested
    class Parameters {
        private final List<Object> seen = new ArrayList<>();

        @BeforeEach
        void subscribe(EventBus bus) {
            bus.subscribe(OrderPaid.class, "s", seen::add);
        }

        @Test
        void are_of_one_bus(TestEventBus bus, EventBus shipped, EventPublisher publisher, RecordedEvents recorded,
                VirtualTime time) {
            publisher.publish(new OrderPaid("A-1"));
            time.advance(Duration.ofSeconds(1));

            assertThat(bus.eventBus()).isSameAs(shipped);
            assertThat(recorded.payloads(OrderPaid.class)).isEqualTo(seen).hasSize(1);
            assertThat(bus.time().elapsed()).isEqualTo(Duration.ofSeconds(1));
        }

        @Test
        @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
        void work_in_a_thread_of_the_test_alone(TestEventBus bus) {
            bus.publish(new OrderPaid("A-1"));
            bus.runUntilIdle();

            assertThat(seen).hasSize(1);
        }
    }

    @EventBusTest
    @Seed(3)
    @Nested
    class Choices implements EventBusSetup {
        @Override
        public void setUp(TestEventBusBuilder builder) {
            builder.name("shop");
        }

        @Test
        void are_the_test_class_s(TestEventBus bus) {
            assertThat(bus.eventBus().name()).isEqualTo("shop");
            assertThat(bus.interleaving()).isEqualTo(interleavingOf(3));
        }

        @Test
        @Seed(4)
        void and_a_method_s_seed_comes_first(TestEventBus bus) {
            assertThat(bus.interleaving()).isEqualTo(interleavingOf(4));
        }

        private static long interleavingOf(long seed) {
            try (TestEventBus same = TestEventBus.builder().name("shop").seed(seed).build()) {
                return same.interleaving();
            }
        }
    }

    @EventBusTest(threaded = true)
    @Nested
    class Threaded {
        @Test
        void becomes_idle_by_itself(TestEventBus bus) {
            bus.subscribe(MailSent.class, "s", mail -> {});
            bus.publish(new MailSent("A-1"));
            bus.awaitIdle();

            assertThat(bus).published(MailSent.class).handledBy("s");
        }
    }

    @EventBusTest(threaded = true)
    @Nested
    class Around {
        @Nested
        class Inside {
            @Test
            void is_as_the_class_around_it_says(TestEventBus bus) {
                assertThatThrownBy(bus::time).isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("on a threaded bus");
            }
        }
    }
}
