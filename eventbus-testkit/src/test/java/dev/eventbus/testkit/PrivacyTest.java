/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

import static dev.eventbus.testkit.assertion.EventBusAssertions.assertThat;
import static dev.eventbus.testkit.scenario.Action.publish;
import static dev.eventbus.testkit.scenario.Expectation.never;
import static dev.eventbus.testkit.scenario.Expectation.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.eventbus.event.Sensitive;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.testkit.fault.Fault;
import dev.eventbus.testkit.scenario.HandlerTester;
import dev.eventbus.testkit.scenario.Scenario;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Failures of the test kit stand in the logs of builds: they name events by number and type, and no payload. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class PrivacyTest {
    private static final String CANARY = "canary-4111";
    private static final Payment PAYMENT = new Payment(CANARY, Optional.of(new Holder(CANARY)), Map.of("a",
            List.of(new Holder(CANARY))));

    /** Prints itself and all it holds, as records do. */
    private record Payment(@Sensitive String card, Optional<Holder> holder, Map<String, List<Holder>> others) {}

    private record Holder(@Sensitive String name) {}

    private record Refund(Payment of) {}

    private final List<String> told = new ArrayList<>();

    /** Keeps all that a failing test would print. */
    private void fails(ThrowingCallable assertion) {
        Throwable failure = catchThrowable(assertion);
        assertThat(failure).isInstanceOf(AssertionError.class);
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        told.add(text.toString());
    }

    private static void refuse(Payment payment) {
        throw new IllegalStateException("refused");
    }

    @Test
    void assertions_that_fail_and_what_was_recorded_tell_no_payload() {
        try (TestEventBus bus = TestEventBus.create()) {
            bus.subscribe("refunds", s -> s.onEvent(Payment.class,
                    delivery -> delivery.publisher().publish(new Refund(delivery.payload()))));
            bus.subscribe("refused", s -> s.on(Payment.class, PrivacyTest::refuse));
            bus.publish(PAYMENT, PublishOptions.options().attribute("card", CANARY));
            bus.awaitIdle();

            fails(() -> assertThat(bus).never(Payment.class));
            fails(() -> assertThat(bus).published(Payment.class).with(payment -> payment.card().isEmpty()));
            fails(() -> assertThat(bus).published(Payment.class).causedBy(Refund.class));
            fails(() -> assertThat(bus).published(Payment.class).times(2));
            fails(() -> assertThat(bus).published(String.class));
            fails(() -> assertThat(bus).inOrder(Refund.class, Payment.class));
            fails(() -> assertThat(bus).hasNoDeadLetters());
            fails(() -> assertThat(bus).deadLettered(Refund.class));
            fails(() -> assertThat(bus).retried("refused", 77));
            told.add(bus.recorded().tree() + bus.recorded().unexpectedFailures() + bus.recorded().all()
                    + bus.recorded().signals() + bus.recorded().deadLetters() + bus.recorded().of(Payment.class) + bus);
            bus.recorded().expectFailuresOf("refused");
        }
        nothingIsTold();
    }

    @Test
    void scenarios_testers_and_faults_tell_no_payload() {
        try (TestEventBus bus = TestEventBus.create()) {
            fails(() -> Scenario.of(bus).given(PAYMENT).when(publish(PAYMENT))
                    .then(published(Refund.class), never(Payment.class)));
            fails(() -> Scenario.of(bus).when(publish(PAYMENT))
                    .then(published(Payment.class).with(payment -> payment.card().isEmpty())));
            told.add(publish(PAYMENT).toString());
        }
        fails(() -> HandlerTester.of(PrivacyTest::refuse).receives(PAYMENT).succeeds());
        fails(() -> HandlerTester.of((Payment payment) -> {}).receives(PAYMENT).publishes(Refund.class));
        fails(() -> HandlerTester.of((Payment payment) -> {}).receives(PAYMENT).failsWith(IllegalStateException.class));
        fails(() -> HandlerTester.of(Fault.failing().in((Payment payment) -> {})).receives(PAYMENT).succeeds());
        nothingIsTold();
    }

    @Test
    void a_payload_in_a_failure_is_found() {
        fails(() -> assertThat(List.of(PAYMENT)).isEmpty());
        assertThat(told).singleElement().asString().contains(CANARY);
    }

    private void nothingIsTold() {
        assertThat(told.stream().filter(text -> text.contains(CANARY)).count()).as("failures that tell the payload")
                .isZero();
    }
}
