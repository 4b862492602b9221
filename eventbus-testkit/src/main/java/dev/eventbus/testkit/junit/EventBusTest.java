/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class a bus of its own.
 *
 * {@snippet class="dev.eventbus.testkit.junit.DemonstrationTest" region="test"}
 *
 * <p>Test methods and {@code @BeforeEach} methods take as parameters, in any order, a
 * {@link dev.eventbus.testkit.TestEventBus}, {@link dev.eventbus.EventBus}, {@link dev.eventbus.publish.EventPublisher},
 * {@link dev.eventbus.publish.EventScheduler}, {@link dev.eventbus.testkit.RecordedEvents} or
 * {@link dev.eventbus.testkit.VirtualTime}: all of one bus, made for the test
 * and closed after it. A class that implements {@link EventBusSetup} makes choices for it.
 *
 * <p>A test fails if a handler failed or a dead letter was written that it did not expect: by an assertion, or by
 * {@link dev.eventbus.testkit.RecordedEvents#expectFailuresOf}. When a test fails, who caused what is printed to the
 * standard error.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(EventBusExtension.class)
public @interface EventBusTest {
    /**
     * Says whether the bus runs on the machine's time and threads.
     *
     * @return false unless set: on virtual time, one thread after the other
     */
    boolean threaded() default false;
}
