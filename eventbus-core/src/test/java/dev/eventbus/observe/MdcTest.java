/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.event.EventEnvelope;
import dev.eventbus.fixture.Canary;
import dev.eventbus.fixture.ManualClocks;
import dev.eventbus.fixture.TestPorts;
import dev.eventbus.internal.deliver.AttemptResult;
import dev.eventbus.internal.deliver.DeliverStage;
import dev.eventbus.internal.deliver.Given;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.deliver.Target;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.observe.BusObserver.AttemptScope;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MdcTest {
    private final Ports ports = TestPorts.of(new ManualClocks());
    private final Publication<Object> event = Given.event(new Canary(), ports, Given.targets(1));
    private final BusObserver mdc = Mdc.slf4j();

    @BeforeEach
    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void puts_the_delivery_into_the_context() {
        mdc.openScope(event, "billing", 1);

        assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("eventId", event.id().toString(), "eventType", "order",
                "correlationId", event.id().toString(), "subscription", "billing"));
    }

    @Test
    void leaves_nothing_behind() {
        mdc.openScope(event, "billing", 1).close();

        assertThat(context()).isEmpty();
    }

    @Test
    void puts_back_what_stood_there_before() {
        MDC.put("eventId", "outer");
        MDC.put("subscription", "outer too");

        AttemptScope scope = mdc.openScope(event, "billing", 1);
        assertThat(MDC.get("subscription")).isEqualTo("billing");
        scope.close();

        assertThat(context()).isEqualTo(Map.of("eventId", "outer", "subscription", "outer too"));
    }

    @Test
    void touches_no_other_key() {
        MDC.put("request", "7");

        AttemptScope scope = mdc.openScope(event, "billing", 1);
        MDC.put("handler", "put this");
        scope.close();

        assertThat(context()).isEqualTo(Map.of("request", "7", "handler", "put this"));
    }

    @Test
    void puts_back_over_what_the_handler_left() {
        MDC.put("eventId", "outer");

        AttemptScope scope = mdc.openScope(event, "billing", 1);
        MDC.put("eventId", "changed by the handler");
        MDC.remove("subscription");
        scope.close();

        assertThat(context()).isEqualTo(Map.of("eventId", "outer"));
    }

    @Test
    void scopes_inside_scopes_come_back_one_by_one() {
        EventEnvelope<?> inner = Given.event(new Canary(), ports, Given.targets(1));
        AttemptScope outside = mdc.openScope(event, "billing", 1);

        AttemptScope inside = mdc.openScope(inner, "shipping", 1);
        assertThat(MDC.get("eventId")).isEqualTo(inner.id().toString());
        inside.close();

        assertThat(MDC.get("eventId")).isEqualTo(event.id().toString());
        assertThat(MDC.get("subscription")).isEqualTo("billing");
        outside.close();
        assertThat(context()).isEmpty();
    }

    @Test
    void comes_back_when_the_handler_throws() {
        MDC.put("eventId", "outer");
        Target failing = Given.target("billing", spec -> spec.on(Object.class, payload -> {
            assertThat(MDC.get("subscription")).isEqualTo("billing");
            throw new IllegalStateException("no");
        }));

        AttemptResult result = new DeliverStage(ports, new Signals("b", List.of(mdc))).attempt(failing, event, 1);

        assertThat(result).isInstanceOfSatisfying(AttemptResult.Failed.class,
                failed -> assertThat(failed.failure()).hasMessage("no"));
        assertThat(context()).isEqualTo(Map.of("eventId", "outer"));
    }

    private static Map<String, String> context() {
        Map<String, String> context = MDC.getCopyOfContextMap();
        return context == null ? Map.of() : context;
    }
}
