/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.eventbus.event.EventEnvelope;
import dev.eventbus.fixture.Canary;
import dev.eventbus.fixture.ManualClocks;
import dev.eventbus.fixture.TestPorts;
import dev.eventbus.internal.deliver.AttemptResult;
import dev.eventbus.internal.deliver.DeliverStage;
import dev.eventbus.internal.deliver.Given;
import dev.eventbus.internal.deliver.Publication;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.observe.BusObserver;
import dev.eventbus.observe.BusObserver.AttemptScope;
import dev.eventbus.observe.Signal;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SignalsTest {
    private static final Signal SIGNAL = new Signal.ShutdownBegun();

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.eventbus");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<String> told = new ArrayList<>();
    private final Ports ports = TestPorts.of(new ManualClocks());
    private final Publication<Object> event = Given.event(new Canary(), ports, Given.targets(1));

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    /** Throws whatever it is told to. */
    private record Broken(RuntimeException failure) implements BusObserver {
        @Override
        public void onSignal(Signal signal) {
            throw failure;
        }

        @Override
        public AttemptScope openScope(EventEnvelope<?> event, String subscription, int attempt) {
            return () -> {
                throw failure;
            };
        }
    }

    /** Takes down what it is told. */
    private record Recording(String name, List<String> told) implements BusObserver {
        @Override
        public void onSignal(Signal signal) {
            told.add(name);
        }

        @Override
        public AttemptScope openScope(EventEnvelope<?> event, String subscription, int attempt) {
            told.add(name + " opens " + subscription + " " + attempt);
            return () -> told.add(name + " closes");
        }
    }

    private Recording recording(String name) {
        return new Recording(name, told);
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void are_active_with_an_observer_only() {
        assertThat(new Signals("b", List.of()).active()).isFalse();
        assertThat(new Signals("b", List.of(recording("one"))).active()).isTrue();
    }

    @Test
    void tell_all_observers_in_order() {
        new Signals("b", List.of(recording("one"), recording("two"))).tell(SIGNAL);

        assertThat(told).containsExactly("one", "two");
    }

    @Test
    void tell_the_others_when_one_throws() {
        new Signals("b", List.of(recording("one"), new Broken(new IllegalStateException()), recording("two")))
                .tell(SIGNAL);

        assertThat(told).containsExactly("one", "two");
    }

    @Test
    void survive_an_observer_that_throws_an_error() {
        Signals signals = new Signals("b", List.of(signal -> {
            throw new StackOverflowError();
        }, recording("two")));

        signals.tell(SIGNAL);

        assertThat(told).containsExactly("two");
        assertThat(signals.failures()).isEqualTo(1);
    }

    @Test
    void count_each_failure_and_log_each_kind_once() {
        Signals signals = new Signals("b", List.of(new Broken(new IllegalStateException("no\nluck"))));

        for (int i = 0; i < 10; i++) {
            signals.tell(SIGNAL);
        }

        assertThat(signals.failures()).isEqualTo(10);
        assertThat(lines()).containsExactly("bus 'b': observer " + Broken.class.getName()
                + " threw java.lang.IllegalStateException (no\\u000aluck); further ones of this kind are counted only");
        assertThat(log.list.get(0).getLevel()).isEqualTo(Level.WARN);
    }

    @Test
    void log_another_kind_of_failure_and_another_class_of_observer_again() {
        Signals signals = new Signals("b", List.of(new Broken(new IllegalStateException()),
                new Broken(new IllegalArgumentException()), signal -> {
                    throw new IllegalStateException();
                }));

        signals.tell(SIGNAL);
        signals.tell(SIGNAL);

        assertThat(signals.failures()).isEqualTo(6);
        assertThat(lines()).hasSize(3);
    }

    @Test
    void bound_the_kinds_that_are_logged() {
        List<BusObserver> many = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            many.add(observerOfItsOwnClass());
        }

        new Signals("b", many).tell(SIGNAL);

        assertThat(log.list).hasSize(100);
    }

    // a proxy per loader, so that each has another class
    private static BusObserver observerOfItsOwnClass() {
        ClassLoader own = new ClassLoader(BusObserver.class.getClassLoader()) {
        };
        return (BusObserver) Proxy.newProxyInstance(own, new Class<?>[] {BusObserver.class},
                (proxy, method, arguments) -> {
                    throw new IllegalStateException();
                });
    }

    @Test
    void close_scopes_in_reverse_order() {
        AttemptScope scope = new Signals("b", List.of(recording("one"), recording("two"))).openScopes(event, "billing",
                3);

        scope.close();

        assertThat(told).containsExactly("one opens billing 3", "two opens billing 3", "two closes", "one closes");
    }

    @Test
    void close_the_other_scopes_when_one_throws() {
        Signals signals = new Signals("b",
                List.of(recording("one"), new Broken(new IllegalStateException()), recording("two")));

        signals.openScopes(event, "billing", 1).close();

        assertThat(told).endsWith("two closes", "one closes");
        assertThat(signals.failures()).isEqualTo(1);
    }

    @Test
    void open_the_other_scopes_when_one_throws() {
        Signals signals = new Signals("b", List.of(new BusObserver() {
            @Override
            public void onSignal(Signal signal) {
                throw new AssertionError("no signal in this test");
            }

            @Override
            public AttemptScope openScope(EventEnvelope<?> envelope, String subscription, int attempt) {
                throw new IllegalStateException();
            }
        }, recording("two")));

        signals.openScopes(event, "billing", 1).close();

        assertThat(told).containsExactly("two opens billing 1", "two closes");
        assertThat(signals.failures()).isEqualTo(1);
    }

    @Test
    void survive_an_observer_that_opens_null() {
        Signals signals = new Signals("b", List.of(recording("one"), new OpensNull()));

        assertThatCode(() -> signals.openScopes(event, "billing", 1).close()).doesNotThrowAnyException();

        assertThat(told).containsExactly("one opens billing 1", "one closes");
    }

    @Test
    void an_attempt_succeeds_under_an_observer_that_opens_null() {
        DeliverStage stage = new DeliverStage(ports, new Signals("b", List.of(new OpensNull())));

        assertThat(stage.attempt(event.target(0), event, 1)).isInstanceOf(AttemptResult.Succeeded.class);
    }

    /** Breaks the promise of the type. */
    private static final class OpensNull implements BusObserver {
        @Override
        public void onSignal(Signal signal) {
            throw new AssertionError("no signal in this test");
        }

        @Override
        public AttemptScope openScope(EventEnvelope<?> event, String subscription, int attempt) {
            return null;
        }
    }
}
